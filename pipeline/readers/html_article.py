"""Where the article of a web page stands, and what the page says about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

from pipeline.readers.html_blocks import SKIPPED, blocks, is_hidden, plain

LABELS: Final = (
    "索引号", "索取号", "发文字号", "文号", "文件编号", "统一登记号", "登记号", "成文日期", "生成日期", "发文日期", "发布日期", "公开日期",
    "印发日期", "生效日期", "实施日期", "失效日期", "废止日期", "发布机构", "发文机关", "发文机构", "发文单位", "公开机构", "责任部门", "信息来源",
    "来源", "主题分类", "组配分类", "信息分类", "分类", "体裁分类", "主题词", "关键词", "公开方式", "公开形式", "公开范围", "公开属性", "有效性", "效力状态",
    "时效性", "文件状态", "标题", "名称", "信息名称", "文件名称", "内容概述", "发布时间", "公开时限", "公开责任部门", "有效期",
)  # fmt: skip
"""Labels of the metadata block (政府信息公开目录: index number, document number, dates, publisher …)."""

_SPACED: Final = "|".join(r"\s*".join(label) for label in sorted(LABELS, key=len, reverse=True))
_LABEL: Final = re.compile(rf"[\[【]?\s*({_SPACED})\s*[\]】]?")
_LABELLED: Final = re.compile(rf"{_LABEL.pattern}\s*[:：]\s*(.{{0,200}})", re.DOTALL)
_BOILERPLATE: Final = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|foot\w*|bottom|header|head|top|bread\w*|crumbs?|share\w*|side\w*|related|copyright|toolbar|"
    r"pag(?:er|ination)|login|search\w*|banner|logo|comments?|recommend|qrcode|hot\w*|links?|friend\w*|location|position|dqwz|wzwz)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BYLINE_LABEL: Final = re.compile(
    r"(发布时间|发布日期|公开日期|信息来源|文章来源|来\s*源|时\s*间|日\s*期|作\s*者|责任编辑|编\s*辑|发布机构|发布单位)\s*[:：]"
)
_BYLINE_TIME: Final = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*")
_BYLINE_CONTROL: Final = re.compile(r"[字体号]{2}\s*[:：]|浏览|阅读量?\s*[:：]|点击|打印|分享")
_CONTROL_LINE: Final = re.compile(
    r"[\[【]?\s*(?:分享到?\s*[:：]?|打印(?:本页|此页)?|关闭(?:窗口|本页)?|字[体号]\s*[:：]|[上下]一[篇条]\s*[:：]|扫一扫|责任编辑\s*[:：]|"
    r"相关(?:文档|链接|稿件|解读|文章|附件)|返回(?:顶部|目录|列表|首页|上一?[页级])|收藏本[页站]|您(?:现在|当前)?的?(?:所在)?位置|当前位置).{0,80}",
    re.DOTALL,
)
_SITE_BLOCK: Final = re.compile(
    r"(?:附件|文件|全文)下载|相关(?:附件|文档|链接|稿件|解读|文章|阅读|新闻|信息|内容)|延伸阅读|政策解读|推荐阅读|热点(?:推荐|专题)"
)
"""What stands over links that the site puts below an article."""
_TITLE_NAME: Final = re.compile(r"(?:^|[\s_-])(?:\w*title|bt|biaoti|tit|headline)(?:$|[\s_-])", re.IGNORECASE)
_BODY_NAME: Final = re.compile(
    r"(?:^|\s)(?:zoom|ucap-content|trs_editor\w*|trs_ueditor|article[-_]?(?:content|body|con|txt)|pages_content|custom_unitestyle)(?:$|\s)",
    re.IGNORECASE,
)
"""Names that publishing systems of government sites (TRS, UCAP …) give to the text of an article."""
_LEAST_BODY: Final = 0.2
_FEWEST_OF_TITLE: Final = 4
_LEAST_OF_LESSER: Final = 8
_MOST_OF_TITLE: Final = 150
_IMPRINT: Final = re.compile(r"ICP备|公网安备|版权所有|网站标识码|Copyright", re.IGNORECASE)
_LONGEST_METADATA: Final = 1500
_SHALLOW: Final = 50
_DOMINANT: Final = 0.7
_MINOR: Final = 0.35
_MOST_LINKS: Final = 0.6
_LABEL_LENGTH: Final = 30
"""Characters outside links of a block that is a label and its links."""
_DAUGHTERS: Final = frozenset(["tbody", "thead", "tfoot", "tr", "td", "th", "table"])
_META_NAMES: Final = {
    "pubdate",
    "contentsource",
    "articletitle",
    "keywords",
    "sitename",
    "columnname",
    "author",
    "publisher",
}


@dataclass(frozen=True, slots=True)
class Article:
    """The article's element, its heading where that stands outside it, and the page's metadata as (label, value)."""

    body: HtmlElement
    title: str | None
    metadata: tuple[tuple[str, str], ...]


def find_article(root: HtmlElement) -> Article:
    """The article of the page; the page's tree is emptied of navigation and of the metadata block on the way."""
    body = root.find("body")
    body = root if body is None else body
    metadata = _named_metadata(root)
    _drop_unshown(body)
    metadata += _take_metadata(body)
    metadata += _take_bylines(body)
    _drop_boilerplate(body, _weigh(body))
    weights = _weigh(body)
    article = _descend(_named_body(body, weights), weights)
    title = _heading(root, body, article)
    return Article(article, title, tuple(dict.fromkeys(metadata)))


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _drop_unshown(body: HtmlElement) -> None:
    for element in list(body.iter()):
        shown = isinstance(element.tag, str) and element.tag not in SKIPPED and not is_hidden(element)
        if not shown and element is not body:
            _drop(element)


def _named_metadata(root: HtmlElement) -> list[tuple[str, str]]:
    """The <meta> fields of government sites (ArticleTitle, PubDate, ContentSource …)."""
    found = []
    for element in root.iter("meta"):
        name, content = (element.get("name") or "").strip(), (element.get("content") or "").strip()
        if name.lower() in _META_NAMES and content:
            found.append((name, content))
    return found


def _take_metadata(body: HtmlElement) -> list[tuple[str, str]]:
    """Read the metadata block, a table or a run of labelled lines, and take it out of the page."""
    found: list[tuple[str, str]] = []
    for table in list(body.iter("table")):
        pairs = _pairs_of_table(table)
        if len(pairs) >= 3:
            found += pairs
            _drop(table)
    for element in list(body.iter("ul", "dl", "div", "section", "p")):
        if element.getparent() is None or len(element) > 60:
            continue
        pairs = _pairs_of_lines(element)
        if len(pairs) >= 3:
            found += pairs
            _drop(element)
    return found


def _pairs_of_table(table: HtmlElement) -> list[tuple[str, str]]:
    """(label, value) of a table in which cells that are labels take turns with their values."""
    if any(True for _ in table.iterdescendants("table")):
        return []
    pairs: list[tuple[str, str]] = []
    unlabelled = 0
    for row in table.iterdescendants("tr"):
        cells = [plain(cell).strip() for cell in row if cell.tag in ("td", "th")]
        position = 0
        while position < len(cells):
            label = _LABEL.fullmatch(cells[position].rstrip(" ：:"))
            whole = _LABELLED.fullmatch(cells[position])
            if label and position + 1 < len(cells):
                pairs.append((_squash(label[1]), cells[position + 1]))
                position += 2
            else:
                if whole:
                    pairs.append((_squash(whole[1]), whole[2].strip()))
                elif cells[position]:
                    unlabelled += 1
                position += 1
    return pairs if unlabelled <= len(pairs) / 2 else []


def _pairs_of_lines(element: HtmlElement) -> list[tuple[str, str]]:
    """(label, value) of an element whose every part is labelled (索引号：…)."""
    children = [child for child in element if isinstance(child.tag, str) and child.tag != "br"]
    if element.find("br") is not None and len(element.text_content()) < _LONGEST_METADATA:
        lines = [block for block in blocks(element, _SHALLOW) if isinstance(block, str)]
        return _labelled(lines) if len(lines) >= 3 else []
    if not 3 <= len(children) <= 60 or any(len(child.text_content()) > 250 for child in children):
        return []
    if element.tag == "dl" and children[0].tag == "dt":
        texts = [f"{plain(a).rstrip('：: ')}：{plain(b)}" for a, b in zip(children[::2], children[1::2], strict=False)]
    else:
        texts = [plain(child).strip() for child in children]
    return _labelled(texts)


def _labelled(texts: Sequence[str]) -> list[tuple[str, str]]:
    """(label, value) of the lines, where most of them are labelled."""
    matches = [_LABELLED.fullmatch(text) for text in texts if text]
    pairs = [(_squash(match[1]), match[2].strip()) for match in matches if match]
    return pairs if len(pairs) >= 0.7 * len(matches) else []


def _take_bylines(body: HtmlElement) -> list[tuple[str, str]]:
    """Read the line under the heading (发布时间：… 来源：…) and drop it, with controls (打印, 上一篇) and the site's imprint."""
    found: list[tuple[str, str]] = []
    for element in list(
        body.iter("div", "p", "span", "li", "td", "tr", "table", "h2", "h3", "h4", "h5", "section", "footer", "ul")
    ):
        if element.getparent() is None or element is body:
            continue
        text = " ".join(element.text_content().split())
        if not text or len(text) > 400:
            continue
        labels = list(_BYLINE_LABEL.finditer(text)) if len(text) <= 200 else []
        time = _BYLINE_TIME.match(text)
        timed = bool(time and labels and labels[0].start() == time.end())
        if labels and (timed or not labels[0].start()) and (timed or len(labels) > 1 or _BYLINE_CONTROL.search(text)):
            if time and timed:
                found.append(("发布时间", time[0].strip()))
            ends = [*(label.start() for label in labels[1:]), len(text)]
            for label, end in zip(labels, ends, strict=True):
                value = _BYLINE_CONTROL.split(text[label.end() : end], maxsplit=1)[0].strip(" 【[")
                found.append((_squash(label[1]), value))
            _drop(element)
        elif _CONTROL_LINE.fullmatch(text) or _IMPRINT.search(text):
            _drop(element)
    return found


def _squash(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _weigh(body: HtmlElement) -> dict[HtmlElement, tuple[int, int]]:
    """(characters outside links, characters in links) of every element, blanks left out."""
    weights: dict[HtmlElement, tuple[int, int]] = {}
    for element in reversed(list(body.iter())):
        if not isinstance(element.tag, str):
            continue
        own = len(_squash(element.text or ""))
        linked = 0
        for child in element:
            inner = weights.get(child, (0, 0))
            own += inner[0] + len(_squash(child.tail or ""))
            linked += inner[1]
        weights[element] = (0, own + linked) if element.tag == "a" else (own, linked)
    return weights


def _drop_boilerplate(body: HtmlElement, weights: dict[HtmlElement, tuple[int, int]]) -> None:
    total = max(1, weights[body][0])
    for element in list(body.iter("div", "ul", "ol", "section", "header", "footer", "table", "td", "p", "span", "dl")):
        if element is body or element.getparent() is None:
            continue
        own, linked = weights[element]
        names = _names(element)
        named = (
            bool(_BOILERPLATE.search(names))
            or element.tag in ("header", "footer")
            or element.get("role") == "navigation"
        )
        links = sum(1 for _ in element.iterdescendants("a"))
        mostly_links = links >= 3 and linked > _MOST_LINKS * (own + linked)
        mostly_links |= links > 0 and own < _LABEL_LENGTH and bool(_SITE_BLOCK.match(_squash(element.text_content())))
        if (named and own < _MINOR * total and next(element.iterdescendants("h1"), None) is None) or mostly_links:
            _drop(element)


def _named_body(body: HtmlElement, weights: dict[HtmlElement, tuple[int, int]]) -> HtmlElement:
    """The element that the publishing system names as the article's text, where it holds a share of the page's text."""
    named = [element for element in body.iter() if element in weights and _BODY_NAME.search(_names(element))]
    outer = [element for element in named if not any(other in named for other in element.iterancestors())]
    if len(outer) == 1 and weights[outer[0]][0] >= _LEAST_BODY * weights[body][0]:
        return outer[0]
    return body


def _descend(body: HtmlElement, weights: dict[HtmlElement, tuple[int, int]]) -> HtmlElement:
    """The smallest element on the way down that holds nearly all the text outside links."""
    element = body
    while True:
        own = weights[element][0]
        heaviest = max(
            (child for child in element if child in weights), key=lambda child: weights[child][0], default=None
        )
        if (
            heaviest is None
            or weights[heaviest][0] < _DOMINANT * own
            or heaviest.tag in ("p", "span", "ol", "ul", "b", "strong", "font")
        ):
            return element
        if heaviest.tag in _DAUGHTERS and not _lays_out(heaviest):
            return element
        element = heaviest


def _lays_out(element: HtmlElement) -> bool:
    """Whether a table on the way down is the page's frame and not a table of data."""
    table = element if element.tag == "table" else next(element.iterancestors("table"), None)
    if table is None:
        return False
    if any(True for _ in table.iterdescendants("table")):
        return True
    return any(len(row) == 1 and len(row[0].text_content()) > 300 for row in table.iterdescendants("tr"))


def _heading(root: HtmlElement, body: HtmlElement, article: HtmlElement) -> str | None:
    """The page's own heading where it stands outside the article and the article does not begin with it.

    It is the ``h1``, else the field ArticleTitle, else the longest text before the article that the page's title repeats,
    else what the site marks as a title, else an ``h2`` of some length.
    """
    before = list(_before(body, article))
    named = [
        element.get("content") or ""
        for element in root.iter("meta")
        if (element.get("name") or "").lower() == "articletitle"
    ]
    title = _squash(" ".join(element.text_content() for element in root.iter("title")))
    short = [(element, text) for element, text in before if _FEWEST_OF_TITLE <= len(_squash(text)) <= _MOST_OF_TITLE]
    repeated = sorted((text for _, text in short if _squash(text) in title), key=len, reverse=True)
    marked = [text for element, text in reversed(short) if _TITLE_NAME.search(_names(element))]
    headings = [plain(element) for element in body.iter("h1") if element is not article]
    lesser = [
        text for element, text in reversed(short) if element.tag == "h2" and len(_squash(text)) >= _LEAST_OF_LESSER
    ]
    inside = _squash(article.text_content())[:600]
    for text in (*headings, *named, *repeated, *marked, *lesser):
        squashed = _squash(text)
        if _FEWEST_OF_TITLE <= len(squashed) <= _MOST_OF_TITLE:
            return None if squashed in inside or _is_within(article, text) else text.strip()
    return None


def _before(body: HtmlElement, article: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """The elements that end before the article begins, with their text."""
    around = {article, *article.iterancestors()}
    for element in body.iter():
        if element is article:
            return
        if isinstance(element.tag, str) and element not in around:
            yield element, plain(element).strip()


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _is_within(article: HtmlElement, text: str) -> bool:
    return any(plain(element) == text for element in article.iter("h1"))
