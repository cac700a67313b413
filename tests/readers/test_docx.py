"""Word documents: automatic numbers, merged cells, what is not printed."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

from pipeline.readers import ReaderError, read_bytes
from pipeline.readers.canonical.list_numbers import format_number

LEVELS = (("chineseCounting", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."), ("decimal", "%1.%4"))


def data_of(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def lines(document: Document) -> list[str]:
    return [line for line in read_bytes(data_of(document), "a.docx").text.split("\n") if line.strip()]


def numbered(document: Document) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>{"<w:isLgl/>" if i == 3 else ""}</w:lvl>'
        for i, (kind, text) in enumerate(LEVELS)
    )
    part = document.part.numbering_part.element
    part.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
    part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))


def item(document: Document, level: int, text: str) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'))


def test_numbers_are_rendered() -> None:
    document = docx.Document()
    numbered(document)
    for level, text in (
        (0, "目标"),
        (1, "粮食"),
        (2, "早稻"),
        (2, "晚稻"),
        (1, "油菜"),
        (2, "面积"),
        (0, "措施"),
        (3, "投入"),
        (1, "保障"),
    ):
        item(document, level, text)
    assert lines(document) == [
        "一、目标", "（一）粮食", "1.早稻", "2.晚稻", "（二）油菜", "1.面积", "二、措施", "2.1 投入", "（一）保障",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (10, "chineseCounting", "十"), (11, "chineseCounting", "十一"), (20, "chineseCounting", "二十"), (105, "chineseCounting", "一百零五"),
        (1010, "chineseCounting", "一千零一十"), (12, "chineseLegalSimplified", "壹拾贰"), (3, "ideographTraditional", "丙"),
        (4, "upperRoman", "IV"), (28, "lowerLetter", "bb"), (7, "decimalEnclosedCircle", "⑦"), (2, "decimalFullWidth", "２"),
        (3, "decimalEnclosedParen", "⑶"), (2, "decimalEnclosedFullstop", "⒉"), (21, "decimalEnclosedCircle", "21"),
        (4, "ideographEnclosedCircle", "㊃"), (2, "ideographZodiac", "丑"), (13, "ideographZodiacTraditional", "丙子"), (6, "numberInDash", "- 6 -"),
        (5, "decimalZero", "05"), (2024, "ideographDigital", "二〇二四"), (9, "none", ""), (9, "unknown", "9"),
    ],
)  # fmt: skip
def test_number_formats(value: int, kind: str, expected: str) -> None:
    assert format_number(value, kind) == expected


def in_list(level: int | None, number: int | str, text: str, style: str = "") -> str:
    """A paragraph of list *number*; without a level it is that of its style."""
    at = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = f'<w:numPr>{at}<w:numId w:val="{number}"/></w:numPr>' if number != "" else ""
    return f"<w:p><w:pPr>{named}{listed}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def level(at: int, kind: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def document_of(body: str, lists: str = "", styles: str = "") -> Document:
    """A document of these paragraphs (WordprocessingML), definitions of lists and styles."""
    document = docx.Document()
    end = document.element.body.sectPr
    for block in parse_xml(f"<w:body {NAMES}>{body}</w:body>"):
        end.addprevious(block)
    part = document.part.numbering_part.element
    part[:] = list(parse_xml(f"<w:numbering {NAMES}>{lists}</w:numbering>"))
    for style in parse_xml(f"<w:styles {NAMES}>{styles}</w:styles>"):
        document.styles.element.append(style)
    return document


NAMES = (
    nsdecls("w")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    + ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
ONE = f'<w:abstractNum w:abstractNumId="1">{level(0, "chineseCountingThousand", "%1、")}{level(1, "decimal", "（%2）")}</w:abstractNum>'
NUM = '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
NEVER = '<w:lvlRestart w:val="0"/>'
CUSTOM = '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001"/></mc:Choice><mc:Fallback><w:numFmt w:val="decimalZero"/></mc:Fallback></mc:AlternateContent>'


@pytest.mark.parametrize(
    ("body", "lists", "styles", "expected"),
    [
        (  # a second list of the same kind counts on, one with an override begins anew
            in_list(0, 1, "甲") + in_list(0, 2, "乙") + in_list(0, 3, "丙") + in_list(0, 3, "丁"),
            ONE + NUM + '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="1"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>',
            "",
            ["一、甲", "二、乙", "五、丙", "六、丁"],
        ),
        (  # an override that defines the level
            in_list(0, 1, "甲") + in_list(0, 2, "乙"),
            ONE + NUM + f'<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">{level(0, "decimalEnclosedCircle", "%1")}'
            "</w:lvlOverride></w:num>",
            "",
            ["一、甲", "②乙"],
        ),
        (  # articles count on through the chapters
            in_list(0, 1, "总则") + in_list(1, 1, "为了") + in_list(0, 1, "附则") + in_list(1, 1, "施行"),
            f'<w:abstractNum w:abstractNumId="1">{level(0, "chineseCounting", "第%1章 ")}'
            f'{level(1, "chineseCounting", "第%2条　", NEVER)}</w:abstractNum>' + NUM,
            "",
            ["第一章 总则", "第一条　为了", "第二章 附则", "第二条　施行"],
        ),
        (  # the level of a style by the level that names it; a list by the name of its style; an empty item counts
            in_list(None, "", "目标", "A") + in_list(None, "", "粮食", "B") + in_list(None, "", "", "B") + in_list(None, "", "油菜", "B"),
            '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum><w:abstractNum w:abstractNumId="2"><w:styleLink w:val="L"/>'
            + level(0, "chineseCounting", "%1、", '<w:pStyle w:val="A"/>') + level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="B"/>')
            + "</w:abstractNum>" + NUM,
            "".join(
                f'<w:style w:type="paragraph" w:styleId="{name}"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>' for name in "AB"
            ),
            ["一、目标", "（一）粮食", "（三）油菜"],
        ),
        (in_list(0, 1, "甲"), f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">{CUSTOM}<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>' + NUM, "", ["01.甲"]),
        (in_list(0, 0, "甲", "A"), ONE + NUM, '<w:style w:type="paragraph" w:styleId="A"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>', ["甲"]),
    ],
)  # fmt: skip
def test_lists(body: str, lists: str, styles: str, expected: list[str]) -> None:
    assert lines(document_of(body, lists, styles)) == expected


FIELD = '<w:r><w:fldChar w:fldCharType="{0}"/></w:r>'
BEGIN, SEPARATE, END = (FIELD.format(kind) for kind in ("begin", "separate", "end"))


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f'<w:p>{BEGIN}<w:r><w:instrText> PAGEREF x </w:instrText></w:r>{SEPARATE}{run("12")}{END}{run("页")}</w:p>', ["12页"]),
        (f'<w:p>{BEGIN}<w:r><w:instrText> IF </w:instrText></w:r>{BEGIN}<w:r><w:instrText>PAGE</w:instrText></w:r>{SEPARATE}{run("3")}{END}{SEPARATE}{run("甲")}{END}</w:p>', ["甲"]),
        (f'<w:p>{BEGIN}<w:r><w:instrText>TOC</w:instrText></w:r>{SEPARATE}{run("一、目标 1")}</w:p><w:p>{run("二、措施 2")}</w:p><w:p>{END}</w:p>', ["一、目标 1", "二、措施 2"]),
        (f'<w:p>{BEGIN}<w:r><w:instrText> eq \\o\\ac(○,3)</w:instrText></w:r>{END}{run("保障")}</w:p>', ["③保障"]),
        (f'<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>{run("各镇人民")}</w:p><w:p>{run("政府：")}</w:p>', ["各镇人民政府："]),
        (f'<w:p><w:moveFrom w:id="1" w:author="a">{run("移走")}</w:moveFrom><w:moveTo w:id="2" w:author="a">{run("移来")}</w:moveTo></w:p>', ["移来"]),
        (f'<w:p>{run("面积5平方")}<m:oMath><m:r><m:t>km</m:t></m:r></m:oMath></w:p>', ["面积5平方km"]),
        (f'<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run("单击输入")}</w:sdtContent></w:sdt>{run("通知")}</w:p>', ["通知"]),
        (f'<w:p><w:sdt><w:sdtPr/><w:sdtContent>{run("任命")}</w:sdtContent></w:sdt><w:hyperlink>{run("郁杉")}</w:hyperlink></w:p>', ["任命郁杉"]),
        (f"<w:p><w:r><w:ruby><w:rt>{run('yù')}</w:rt><w:rubyBase>{run('郁')}</w:rubyBase></w:ruby></w:r></w:p>", ["郁"]),
        ('<w:p><w:r><w:sym w:font="Wingdings 2" w:char="F052"/><w:sym w:font="Symbol" w:char="F0B3"/><w:t>5</w:t></w:r></w:p>', ["☑≥5"]),
        ('<w:p><w:r><w:pict><v:shape><v:textpath string="某某县人民政府文件"/></v:shape></w:pict></w:r></w:p>', ["某某县人民政府文件"]),
        (
            f'<w:tbl><w:tr><w:tc><w:p>{run("甲")}</w:p></w:tc><w:tc><w:p>{run("乙")}</w:p></w:tc></w:tr>'
            f'<w:tr><w:trPr><w:del w:id="1" w:author="a"/></w:trPr><w:tc><w:p>{run("丙")}</w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>',
            ["甲\t乙"],
        ),
    ],
)  # fmt: skip
def test_what_a_page_shows(body: str, expected: list[str]) -> None:
    assert lines(document_of(body)) == expected


def test_raised_digits_do_not_lengthen_numbers() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("收入19800")
    paragraph.add_run("1").font.superscript = True
    paragraph.add_run("元，面积120m")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run("，CO")
    paragraph.add_run("2").font.subscript = True
    assert lines(document) == ["收入19800¹元，面积120m²，CO2"]


def test_footnotes_follow_their_paragraph() -> None:
    body = f'<w:p>{run("共118万亩")}<w:r><w:footnoteReference w:id="2"/></w:r>{run("。")}</w:p><w:p>{run("特此通知。")}</w:p>'
    document = document_of(body)
    separator = f'<w:footnote w:type="separator" w:id="0"><w:p>{run("—")}</w:p></w:footnote>'
    notes = f"<w:footnotes {NAMES}>{separator}<w:footnote w:id='2'><w:p><w:r><w:footnoteRef/></w:r>{run('含早稻。')}</w:p></w:footnote></w:footnotes>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), document.part.package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")
    assert lines(document) == ["共118万亩。", "含早稻。", "特此通知。"]


@pytest.mark.parametrize(
    "content_type",
    [
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    ],
)
def test_templates_and_documents_with_macros(content_type: str) -> None:
    document = docx.Document()
    document.add_paragraph("通知")
    document.part._content_type = content_type
    assert lines(document) == ["通知"]


def repacked(**parts: bytes) -> bytes:
    """A small document with its parts replaced by these (word_document for word/document.xml …)."""
    names = {"word_document": "word/document.xml", "rels": "_rels/.rels"}
    document = docx.Document()
    document.add_paragraph("通知")
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data_of(document))) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        content = {item.filename: old.read(item) for item in old.infolist()} | {names[k]: v for k, v in parts.items()}
        for name, data in content.items():
            new.writestr(name, data)
    return buffer.getvalue()


def test_table_with_merged_cells_and_no_headers_or_footers() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "市人民政府公报"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    document.add_paragraph("附表")
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "序号"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "目标"
    for row, column, text in ((1, 1, "早稻"), (1, 2, "晚稻"), (2, 0, "1"), (2, 1, "2.5"), (2, 2, "张三\n李四")):
        table.cell(row, column).text = text
    source = read_bytes(data_of(document), "a.docx")
    (found,) = source.tables
    assert {(c.row, c.column, c.row_span, c.column_span): source.text[slice(*c.span)] for c in found.cells} == {
        (0, 0, 2, 1): "序号", (0, 1, 1, 2): "目标", (1, 1, 1, 1): "早稻", (1, 2, 1, 1): "晚稻", (2, 0, 1, 1): "1", (2, 1, 1, 1): "2.5",
        (2, 2, 1, 1): "张三 李四",
    }  # fmt: skip
    assert source.text == "附表\n\n序号\t目标\t\n\t早稻\t晚稻\n1\t2.5\t张三 李四\n"


def test_deleted_and_hidden_text_is_left_out_and_breaks_end_lines() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("决定")
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>删去</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>任命</w:t></w:r></w:ins>"))
    paragraph.add_run("隐藏").font.hidden = True
    paragraph.add_run("：").add_break()
    paragraph.add_run("郁　杉")
    paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:sym w:font="Wingdings" w:char="F06C"/></w:r>'))
    assert lines(document) == ["决定任命：", "郁　杉●"]


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (data_of(docx.Document()), "no_text"),
        (data_of(docx.Document())[:9000], "damaged"),
        (repacked(word_document=b" " * 60_000_000), "unsupported"),
        (repacked(word_document=b"<w:document"), "damaged"),
        (repacked(rels=b'<Relationships xmlns="http://purl.oclc.org/ooxml/package/relationships"/>'), "unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ],
)
def test_unreadable_documents(data: bytes, cause: str) -> None:
    with pytest.raises(ReaderError) as caught:
        read_bytes(data, "a.docx")
    assert caught.value.cause == cause
    assert "\n" not in str(caught.value)


def test_pictures_and_tables_within_cells_are_told() -> None:
    document = docx.Document()
    document.add_paragraph("各镇任务如下，请认真落实。" * 20)
    table = document.add_table(rows=2, cols=2)
    for (row, column), text in {(0, 0): "镇", (0, 1): "任务", (1, 0): "东镇"}.items():
        table.cell(row, column).text = text
    inner = table.cell(1, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "早稻", "3.2"
    picture = io.BytesIO()
    Image.new("RGB", (30, 20), "white").save(picture, "PNG")
    picture.seek(0)
    document.add_picture(picture)
    found = [(problem.category, problem.message) for problem in read_bytes(data_of(document), "a.docx").problems]
    assert found == [
        ("page_quality", "1 pictures in the text are not read"),
        ("table_shape", "1 tables within cells of others are read as the text of their cells"),
    ]


def test_a_table_of_one_cell_is_a_frame_around_what_it_holds() -> None:
    document = docx.Document()
    frame = document.add_table(rows=1, cols=1).cell(0, 0)
    frame.paragraphs[0].text = "补助标准"
    inner = frame.add_table(rows=2, cols=2)
    for (row, column), text in {(0, 0): "类别", (0, 1): "标准", (1, 0): "城区", (1, 1): "41"}.items():
        inner.cell(row, column).text = text
    frame.add_paragraph("注：按月发放。")
    assert lines(document) == ["补助标准", "类别\t标准", "城区\t41", "注：按月发放。"]
    assert [(t.n_rows, t.n_columns) for t in read_bytes(data_of(document), "a.docx").tables] == [(2, 2)]
