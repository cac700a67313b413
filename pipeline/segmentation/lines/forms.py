"""Printed forms of official documents: numbers, dates, orders, labels (GB/T 9704—2012, format of official documents).

Every function looks at one line or one joined title and says what it is; none looks at its surroundings.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from extractors.numbers.numerals import parse_number
from pipeline.segmentation.lines.lines import squash

_HAN: Final = "\u3400-\u9fff"
_HAN_DIGITS: Final = "〇○ＯO0零一二三四五六七八九十"
_ZEROS: Final = str.maketrans("OＯ○0", "〇〇〇〇")
DOC_NUMBER: Final = re.compile(
    rf"(?P<code>[{_HAN}]{{1,16}}?[〇\w（）()]{{0,8}}?)"
    rf"\s*[〔［\[（(【﹝]\s*(?P<year>\d{{4}}|[{_HAN_DIGITS}]{{4}})\s*[〕］\]）)】﹞]\s*第?\s*(?P<serial>\d{{1,5}})\s*[号號]"
)
_NUMBER_END: Final = re.compile(r"(?:[，,、]?\d{4}年\d{1,2}月\d{1,2}日)?[）)]?(?:签发人.*)?")
_BARE_YEAR: Final = re.compile(r"[（(]?[〔［\[【](?P<year>\d{4})[〕］\]】]第?(?P<serial>\d{1,5})[号號][）)]?")
_SERIAL_LINE: Final = re.compile(rf"[（(]?(?:(\d{{4}})年)?第?([\d{_HAN_DIGITS}百]{{1,6}})[号號][）)]?")
_ORDER_TITLE: Final = re.compile(rf"(?P<code>[{_HAN}]{{2,40}}(?:令|公告|通告))")
_ORDER_LINE: Final = re.compile(
    rf"{_ORDER_TITLE.pattern}[（(]?(?:(?P<year>\d{{4}})年)?第(?P<serial>[\d{_HAN_DIGITS}百]{{1,6}})[号號][）)]?"
)
REGISTRATION: Final = re.compile(r"[A-Z]{2,8}\d{0,2}(?:[-—–－]\d{2,8}){1,3}")
_REGISTRATION_LINE: Final = re.compile(
    rf"(?:(?:登记号|备案号|统一登记号|文件编号|规范性文件编号)[:：]?)?({REGISTRATION.pattern})"
)
DATE: Final = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_SHORT_DATE: Final = re.compile(r"((?:19|20)\d{2})[.．/\-](\d{1,2})[.．/\-](\d{1,2})[.．]?")
_HAN_DATE: Final = re.compile(rf"([{_HAN_DIGITS}]{{4}})年([{_HAN_DIGITS}]{{1,3}})月([{_HAN_DIGITS}]{{1,3}})日")
SIGNED: Final = re.compile(
    rf"(?P<body>\S.*?\S)[ \t\u3000]*(?P<date>[（(]?(?:{DATE.pattern}|{_HAN_DATE.pattern})[）)]?)"
)
"""A body's name and the date on one line."""
ADOPTED: Final = re.compile(r"\s*[（(].{6,200}(?:通过|公布|发布|修订|修正|修改|批准).{0,60}[）)]\s*")
"""How a law or a list was adopted, in brackets under its title."""
_DISCLOSURE: Final = re.compile(r"[（(【\[]?\s*此件\s*(.{2,12}?)\s*[）)】\]]?")
_DISCLOSURE_FIELD: Final = re.compile(r"(?:信息)?公开(?:选项|属性|方式|类别)[:：]\s*(\S{2,8})")
_LABEL: Final = re.compile(
    r"[（(【]?附\s*(?:件|录|表)\s*(?P<number>[\d一二三四五六七八九十]{0,3})(?:[-—－](?P<sub>\d{1,2}))?\s*[:：.．]?[）)】]?"
)
_TITLED_LABEL: Final = re.compile(
    r"附\s*(?:件|录|表)\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})?(?P<sign>\s*[:：.．]\s*|[ \u3000]+)(?P<title>\S.*)"
)
_LIST: Final = re.compile(r"附\s*(?:件|录)\s*[:：]\s*(.*)")
_ORNAMENT: Final = r"[◆■●◎★▲◇□○☆▼※·•—\-]*"
_CONTENTS: Final = re.compile(rf"{_ORNAMENT}(?:本期)?[目][录錄次](?:CONTENTS)?{_ORNAMENT}", re.IGNORECASE)
_LETTERHEAD: Final = re.compile(r"[\u3400-\u9fff、]{2,30}文件")
_PLAIN_SECTION: Final = re.compile(
    r"[\u3400-\u9fff、]{2,14}文件|人事(?:任免|工作)?|任免事项|[省市县区州]?(?:人民)?政府(?:令|规章)|[\u3400-\u9fff]{2,8}(?:规范性文件|政策文件)|人事信息|机构编制|重要讲话|工作研究|领导讲话|统计资料|(?:[\u3400-\u9fff]{0,6})?大事记|政策解读|部门文件"
)
_SECTION: Final = re.compile(
    r"(?:[【［\[〖]\s*([\u3400-\u9fff、·\s]{2,20})\s*[】］\]〗]"
    r"|[◆■●◎★▲◇□○☆▼※]\s*([^◆■●◎★▲◇□○☆▼※]{2,20}?)\s*[◆■●◎★▲◇□○☆▼※]?"
    r"|[·•—－\-]{1,4}\s*([\u3400-\u9fff、]{2,16})\s*[·•—－\-]{1,4})"
)
_IMPRINT: Final = re.compile(
    r"(?:抄\s*送|抄\s*报|分\s*送|主题词|发\s*送)\s*[:：].*|.{2,30}\d{4}年\d{1,2}月\d{1,2}日\s*(?:印发|印制)"
)
_NOTE: Final = re.compile(r"(?:注|备注|说明|注释|备\s*注)\s*\d{0,2}\s*[:：].*")
_FOOTNOTE: Final = re.compile(r"[\[［〔]\d{1,2}[\]］〕]\s*\S.*")
_STAMPED: Final = re.compile(r"[（(](?:代章|盖章|公章|章|印章?)[）)]")
_SEAL: Final = re.compile(r".{0,20}[（(](?:盖章|公章|签章|签字|签名|印章)[）)].{0,12}[:：]?")
_BLANK_DATE: Final = re.compile(r"(?:(?:日期|填表日期|申请日期)[:：]?)?[_\s\u3000]*年[_\s\u3000]+月[_\s\u3000]+日")
_CHROME: Final = re.compile(
    r"(?:(?:您|你)?(?:现在|当前)?(?:的|所在)*位置\s*[:：].*|首页\s*[>＞›»/\\].*|[\s【】\[\]|｜]*(?:(?:打印|关闭|收藏|分享|返回顶部|返回|字体|大|中|小|上一篇|下一篇)"
    r"(?:本页|窗口|页面|到)?[\s【】\[\]|｜:：]*){2,}|扫一扫.{0,20}|分享到\s*[:：]?.{0,20}|版权所有\s*[:：©].*|(?:主办|承办)(?:单位)?\s*[:：].*ICP备.*|"
    r"网站标识码.*|.{0,20}ICP备\S*号.*|.{0,12}公网安备.*|上一篇\s*[:：].*|下一篇\s*[:：].*)"
)
_PERSON_LINE: Final = re.compile(
    r"[\u3400-\u9fff]{0,16}(?:代?(?:省|市|县|縣|区|區|州|镇|鎮|乡|鄉|旗|盟)[长長]|主席|主任|[厅廳][长長]|局[长長]|部[长長]|书记|書記|院[长長]|检察长|檢察長)[:：]?[\u3400-\u9fff·]{2,4}"
)
_METADATA: Final = re.compile(
    r"[【\[]?(?:索\s*引\s*号|发布(?:机构|日期|时间)|发文(?:机关|日期|字号|单位)|成文日期|生成日期|名\s*称|标\s*题|文\s*号|主题(?:分类|词)|来\s*源|"
    r"统一登记号|公开(?:日期|方式|形式|类别|范围)|有效性|信息类别|字\s*号|浏览(?:次数|量)|作\s*者|责任编辑|字\s*[体号])\s*[:：].*"
)
ORGAN: Final = re.compile(
    rf"[{_HAN}（）()、]{{2,40}}(?:人民政府|政府|委员会|县委|市委|省委|区委|州委|党委|工委|办公室|办公厅|局|厅|院|会|处|部|署|中心|指挥部|领导小组|公司|银行|调查总?队|"
    r"常委会|管委会|分局|支队|总队|大队|司令部|总工会|团委|分行|支行|集团|学校|医院|法院|检察院|办|委|妇联|残联|科协|工商联|供销社|联合社|海关|军分区|"
    r"委員會|辦公室|辦公廳|廳|會|處)"
)
TYPES: Final = (
    "实施细则", "工作报告", "复函", "通知", "意见", "办法", "决定", "报告", "命令", "批复", "通报", "规定", "细则", "方案", "条例",
    "规则", "纪要", "请示", "议案", "决议", "公告", "通告", "公报", "规划", "计划", "要点", "标准", "指南", "清单", "预案", "制度",
    "名单", "章程", "措施", "讲话", "答复", "函", "令",
    "條例", "辦法", "規定", "決定", "報告", "意見", "細則", "規劃", "計劃", "公報",
)  # fmt: skip
_TYPE_NAMES: Final = {
    "工作报告": "报告", "实施细则": "细则", "复函": "函", "命令": "令", "條例": "条例", "辦法": "办法", "規定": "规定", "決定": "决定",
    "報告": "报告", "意見": "意见", "細則": "细则", "規劃": "规划", "計劃": "计划", "公報": "公报",
}  # fmt: skip
_TAIL_BRACKET: Final = re.compile(r"[（(][^（()）]{1,20}[）)]$|[\[［〔]\d{1,2}[\]］〕]$")
FINAL: Final = "。！？；：!?;:…"
"""Marks that end a paragraph or a list item in print."""


@dataclass(frozen=True, slots=True)
class DocNumber:
    """A document number and its parts; orders have no ``year``, numbered announcements (2024年第3号) no ``code``."""

    text: str
    code: str | None
    year: int | None
    serial: int | None


def _integer(text: str) -> int | None:
    value = parse_number(text.translate(_ZEROS) if not text.isdecimal() else text)
    return None if value is None else int(value)


def read_doc_number(text: str) -> DocNumber | None:
    """The document number that the whole of *text* is, alone on its line, else ``None``; of joint numbers the first."""
    plain = squash(text)
    if len(plain) > 90 or ("号" not in plain and "號" not in plain):
        return None
    match = _first_of_numbers(plain)
    if match:
        return DocNumber(match[0], match["code"], _integer(match["year"]), int(match["serial"]))
    match = _BARE_YEAR.fullmatch(plain)
    if match:
        return DocNumber(plain.strip("（）()"), None, int(match["year"]), int(match["serial"]))
    match = _ORDER_LINE.fullmatch(plain)
    if not match:
        return None
    year = int(match["year"]) if match["year"] else None
    return DocNumber(plain, match["code"], year, _integer(match["serial"]))


def _first_of_numbers(plain: str) -> re.Match[str] | None:
    """The first of the numbers that the line consists of: bodies that act together may each print their own."""
    first = DOC_NUMBER.match(plain, plain[:1] in "（(")
    at = first.end() if first else 0
    while at and (after := DOC_NUMBER.match(plain, at + (plain[at : at + 1] in "、，；"))):
        at = after.end()
    if first and "关于" in first["code"]:
        return None  # A title with its number in brackets.
    return first if first and _NUMBER_END.fullmatch(plain, at) else None


def number_behind(title: str) -> tuple[str, DocNumber] | None:
    """A title whose number stands behind it in brackets, apart from that number."""
    plain = squash(title)
    opening = max(plain.rfind("（"), plain.rfind("("))
    number = read_doc_number(plain[opening:]) if opening > 0 and plain[-1:] in ("）", ")") else None
    return (plain[:opening], number) if number else None


def read_order_number(title: str, serial: str) -> DocNumber | None:
    """The number of an order printed on two lines: *title* (某某省人民政府令) over *serial* (第312号)."""
    code, number = squash(title), _SERIAL_LINE.fullmatch(squash(serial))
    if not number or not _ORDER_TITLE.fullmatch(code):
        return None
    if "关于" in code:
        year = int(number[1]) if number[1] else None
        return None if year is None else DocNumber(squash(serial).strip("（）()"), None, year, _integer(number[2]))
    return DocNumber(
        code + squash(serial).strip("（）()"), code, int(number[1]) if number[1] else None, _integer(number[2])
    )


def order_issuer(number: DocNumber) -> str | None:
    """The body that an order's number names (某某省人民政府令第312号 → 某某省人民政府), for orders only."""
    if number.code is None or (number.year is not None and not number.code.endswith("令")):
        return None
    issuer = number.code.removesuffix("令").removesuffix("公告").removesuffix("通告")
    return issuer if issuer != number.code else None


def is_announcement(number: DocNumber) -> bool:
    """Whether an announcement's own name is part of its number (某某厅公告2024年第11号), so that it may lack a title."""
    return number.code is not None and number.code.endswith(("公告", "通告"))


def read_registration(text: str) -> str | None:
    """The registration number of a normative document that the whole of *text* is."""
    plain = squash(text).strip("（）()")
    match = _REGISTRATION_LINE.fullmatch(plain) if len(plain) <= 40 else None
    return match[1] if match else None


def read_date(text: str) -> dt.date | None:
    """The first full date in *text*, in Arabic or Chinese numerals."""
    plain = squash(text)
    match = DATE.search(plain) or _HAN_DATE.search(plain) or _SHORT_DATE.fullmatch(plain.strip("（）()"))
    if not match:
        return None
    parts = [_integer(part) for part in match.groups()]
    try:
        return dt.date(*[part or 0 for part in parts])
    except ValueError:
        return None


def is_date(text: str) -> bool:
    """Whether *text* is a date and nothing else."""
    plain = squash(text).strip("（）()")
    return len(plain) <= 14 and bool(
        DATE.fullmatch(plain) or _HAN_DATE.fullmatch(plain) or _SHORT_DATE.fullmatch(plain)
    )


def read_disclosure(text: str) -> str | None:
    """How the document is disclosed (公开发布, 依申请公开), where the whole line says so."""
    plain = squash(text)
    if len(plain) > 24:
        return None
    match = _DISCLOSURE.fullmatch(plain) or _DISCLOSURE_FIELD.fullmatch(plain)
    return match[1] if match else None


def attachment_number(text: str) -> int | None:
    """The number of an attachment label (附件 → 0, 附件2 → 2), or ``None`` where *text* is none."""
    match = _LABEL.fullmatch(text.strip()) if len(text) <= 12 else None
    return None if not match else (_integer(match["number"]) or 0) if match["number"] else 0


def attachment_part(text: str) -> str:
    """What an attachment's label adds to its number: 附件1-2 → -2, else nothing."""
    match = _LABEL.match(text.strip())
    return f"-{match['sub']}" if match and match["sub"] else ""


def titled_label(text: str) -> tuple[int, str] | None:
    """Number and title of an attachment label with its title on the same line (附件2：…名单)."""
    match = _TITLED_LABEL.fullmatch(text.strip()) if len(text) <= 80 else None
    return ((_integer(match["number"]) or 0) if match["number"] else 0, match["title"]) if match else None


def attachment_list(text: str) -> str | None:
    """What follows 附件： on its line (possibly nothing), or ``None`` where *text* begins no list."""
    match = _LIST.fullmatch(text.strip())
    return match[1] if match else None


def read_section(text: str) -> str | None:
    """The name of a section of the gazette that the line prints in brackets or after an ornament."""
    match = _SECTION.fullmatch(text.strip()) if len(text) <= 30 else None
    return squash(match[1] or match[2] or match[3]) if match else None


def begins_head(text: str) -> bool:
    """Whether the line could be the first of a document's head: its issuer, topic, number, or an order's name."""
    plain = squash(text)
    return (
        is_organ(text)
        or "关于" in text
        or read_doc_number(text) is not None
        or read_registration(text) is not None
        or bool(_ORDER_TITLE.fullmatch(plain))
        or (len(plain) <= 90 and plain[-1] not in FINAL and document_type(plain) is not None)
    )


def is_plain_section(text: str) -> bool:
    """Whether the line could name a section without any ornament (县政府文件, 人事任免)."""
    return len(text) <= 20 and bool(_PLAIN_SECTION.fullmatch(squash(text)))


def is_imprint(text: str) -> bool:
    """Whether the line belongs to the imprint (抄送, 印发)."""
    return bool(_IMPRINT.fullmatch(text.strip()))


def is_note(text: str) -> bool:
    """Whether the line is a note to a table (注：…) or a footnote ([1]…)."""
    return bool(_NOTE.fullmatch(text.strip()) or _FOOTNOTE.fullmatch(text.strip()))


def is_seal(text: str) -> bool:
    """Whether the line is the place of a form's seal or signature (单位（盖章）：)."""
    return len(text) <= 60 and bool(_SEAL.fullmatch(squash(text)))


def is_blank_date(text: str) -> bool:
    """Whether the line is a form's date to be filled in (　年　月　日)."""
    return len(text) <= 40 and bool(_BLANK_DATE.fullmatch(text.strip()))


def is_page_chrome(text: str) -> bool:
    """Whether the line belongs to the page of a website and not to its text: trail, buttons, footer."""
    return len(text) <= 120 and bool(_CHROME.fullmatch(text.strip()))


def is_contents_heading(text: str) -> bool:
    """Whether the line is the heading of a contents page (目　录)."""
    return len(text) < 16 and bool(_CONTENTS.fullmatch(squash(text)))


def is_letterhead(text: str) -> bool:
    """Whether the line is the letterhead of an official document (某某市财政局文件)."""
    return len(text) <= 40 and bool(_LETTERHEAD.fullmatch(squash(text)))


def is_person(text: str) -> bool:
    """Whether the line is an official's office and name (县长 …)."""
    return len(text) <= 40 and bool(_PERSON_LINE.fullmatch(squash(text)))


def is_metadata(text: str) -> bool:
    """Whether the line is a field of a web page about the document (索引号：…)."""
    return bool(_METADATA.fullmatch(text.strip()))


def is_signatory(text: str) -> bool:
    """Whether the line names an issuing body, several of them, or an official with his office."""
    parts = text.split()
    plain = _STAMPED.sub("", squash(text))
    if not parts or not plain or len(plain) > 80 or plain[-1] in FINAL or "，" in plain:
        return False
    return is_person(text) or bool(ORGAN.fullmatch(plain))


def is_organ(text: str) -> bool:
    """Whether the line is the name of an issuing body, or of several."""
    plain = squash(text)
    return 3 <= len(plain) <= 80 and bool(ORGAN.fullmatch(plain)) and "关于" not in plain and not plain.endswith("社会")


def document_type(title: str) -> str | None:
    """The type that a title ends on (通知, 办法 …), brackets such as （试行） left aside."""
    plain = squash(title)
    previous = None
    while plain != previous:
        previous, plain = plain, _TAIL_BRACKET.sub("", plain)
    plain = plain.rstrip("》”")
    kind = next((kind for kind in TYPES if plain.endswith(kind)), None)
    return None if kind is None else _TYPE_NAMES.get(kind, kind)
