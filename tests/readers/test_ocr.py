"""Scans: a small page with a title, a paragraph and a ruled table, set askew and noisy (170 dots per inch)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from pipeline.readers import ReaderError, read_bytes
from pipeline.readers.ocr import recognition
from pipeline.readers.ocr.doubts import doubts
from pipeline.readers.ocr.engine import Picture
from pipeline.readers.ocr.seals import find_seals, without_seals
from schemas.records import SourceText
from tests.readers.sheets import Sheet, pdf

SCAN = (Path(__file__).parent / "material" / "scan.jpg").read_bytes()
TITLE = "木隆州水利工程管护办法"
PARAGRAPH = (
    "到2025年，全州新建改建灌溉渠道一百二十公里，恢复灌溉面积3.6万亩，水费收缴率达到90%以上，各县市应当落实管护责任。"
)
CELLS = {
    (0, 0, 2, 1): "县市", (0, 1, 1, 2): "面积（万亩）", (1, 1, 1, 1): "水田", (1, 2, 1, 1): "旱地", (2, 0, 1, 1): "青河县", (2, 1, 1, 1): "12.5",
    (2, 2, 1, 1): "3.08", (3, 0, 1, 1): "桐埠市", (3, 1, 1, 1): "8.64", (3, 2, 1, 1): "0.97",
}  # fmt: skip


def scanned(sheet: Sheet) -> None:
    sheet.canvas.drawImage(ImageReader(io.BytesIO(SCAN)), 60, 300, 340, 255)


def typed(sheet: Sheet) -> None:
    sheet.text(90, 100, "木隆州人民政府公报二〇二四年第一期刊登的文件与正式文件具有同等效力。")


def check(source: SourceText, page: int) -> None:
    place = source.pages[page - 1]
    text = source.text[slice(*place.span)]
    assert [line for line in text.split("\n") if line and "\t" not in line] == [TITLE, PARAGRAPH]
    (table,) = source.tables
    found = {(c.row, c.column, c.row_span, c.column_span): source.text[slice(*c.span)] for c in table.cells}
    assert found == CELLS
    assert place.method == "ocr"
    assert place.ocr_confidence is not None and place.ocr_confidence > 0.9


needs_ocr = pytest.mark.skipif(not recognition.is_installed(), reason="the extra for OCR is not installed")


@needs_ocr
def test_picture() -> None:
    source = read_bytes(SCAN, "scan.jpg")
    assert source.media_type == "image/jpeg"
    check(source, 1)


@needs_ocr
def test_scanned_page_among_typed_ones() -> None:
    source = read_bytes(pdf([typed, scanned]), "a.pdf")
    assert [page.method for page in source.pages] == ["text", "ocr"]
    check(source, 2)


@needs_ocr
def test_page_lying_on_its_side() -> None:
    buffer = io.BytesIO()
    Image.open(io.BytesIO(SCAN)).rotate(90, expand=True, fillcolor=255).save(buffer, "PNG", dpi=(170, 170))
    check(read_bytes(buffer.getvalue(), "scan.png"), 1)


def test_without_ocr_the_page_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "is_installed", lambda: False)
    source = read_bytes(pdf([typed, scanned]), "a.pdf")
    assert source.text.startswith("木隆州人民政府公报")
    assert [(problem.category, problem.page) for problem in source.problems] == [("page_quality", 2)]
    for data, name in ((pdf([scanned]), "a.pdf"), (SCAN, "scan.jpg")):
        with pytest.raises(ReaderError, match=r"OCR is not installed \(gongbao\[ocr\]\)") as caught:
            read_bytes(data, name)
        assert caught.value.cause == "no_text"


@pytest.mark.parametrize("data", [SCAN[:40], b"\x89PNG\r\n\x1a\n" + bytes(60)])
def test_damaged_pictures(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "is_installed", lambda: True)
    with pytest.raises(ReaderError, match="damaged"):
        read_bytes(data, "a.png")


BOX = [[10.0, 10.0], [90.0, 10.0], [90.0, 30.0], [10.0, 30.0]]


@pytest.mark.parametrize(
    ("text", "score", "sealed", "expected"),
    [
        ("木隆州水利局", 0.95, False, []),
        ("木隆州水利局", 0.95, True, ["characters under a seal, read with certainty 0.95: 木隆州水利局"]),
        ("2024年3月5日", 0.7, False, ["a number or date read with certainty 0.70: 2024年3月5日"]),
        ("水利工程", 0.7, False, []),
        ("水利工程", 0.3, False, ["1 lines too unclear to be read are left out"]),
    ],
)
def test_what_is_doubtful_on_a_scan_is_told(text: str, score: float, sealed: bool, expected: list[str]) -> None:
    picture = _stamped([(60, 50)] if sealed else [])
    assert list(doubts(picture, [(text, BOX, score, ())])) == expected


def _stamped(centres: Sequence[tuple[int, int]]) -> Picture:
    """A page of 400 by 400 pixels with a black line at its top and rings of red ink, 80 pixels across."""
    np = pytest.importorskip("numpy")
    pytest.importorskip("cv2")
    picture = np.full((400, 400, 3), 255, "uint8")
    down, across = np.mgrid[:400, :400]
    for x, y in centres:
        distance = (across - x) ** 2 + (down - y) ** 2
        picture[(distance < 40**2) & (distance > 30**2)] = (60, 60, 220)
    picture[15:25, 20:80] = 20
    return picture  # type: ignore[no-any-return]


def test_a_seal_with_nothing_under_it_is_told() -> None:
    assert list(doubts(_stamped([(60, 50), (300, 300)]), [("木隆州水利局", BOX, 0.95, ())])) == [
        "characters under a seal, read with certainty 0.95: 木隆州水利局",
        "1 seals under which nothing is read",
    ]


def test_seals_fade_and_black_print_stays() -> None:
    picture = _stamped([(60, 50)])
    faded = without_seals(picture)
    assert (faded[15:25, 20:80] == 20).all()
    assert faded[60, 25].tolist() == [220, 220, 220]
    assert picture[60, 25].tolist() == [60, 60, 220]


def test_red_letters_in_a_row_are_no_seal() -> None:
    picture = _stamped([])
    for left in range(20, 380, 40):
        picture[100:130, left : left + 36] = (60, 60, 220)
    assert find_seals(picture) == []
