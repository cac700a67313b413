"""Word documents: automatic numbers, merged cells, what is not printed."""

from __future__ import annotations

import io

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pipeline.readers import ReaderError, read_bytes
from pipeline.readers.docx_numbering import format_number

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
        (5, "decimalZero", "05"), (2024, "ideographDigital", "二〇二四"), (9, "none", ""), (9, "unknown", "9"),
    ],
)  # fmt: skip
def test_number_formats(value: int, kind: str, expected: str) -> None:
    assert format_number(value, kind) == expected


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
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ],
)
def test_unreadable_documents(data: bytes, cause: str) -> None:
    with pytest.raises(ReaderError) as caught:
        read_bytes(data, "a.docx")
    assert caught.value.cause == cause
    assert "\n" not in str(caught.value)
