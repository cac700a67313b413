"""The text reader: encodings by content, line ends kept, bad input named."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from pipeline.readers import ReaderError, read, read_bytes

TEXT = "青河县人民政府公报\r\n2024年第3期\r\n\r\n各镇人民政府：\n　　全县粮食播种面积稳定在118万亩以上（其中早稻39万亩）。\n"

DECODED = {
    "utf-8": (TEXT.encode(), "utf-8"),
    "utf-8 with mark": (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
    "gb18030": (TEXT.encode("gb18030"), "gb18030"),
    "utf-16 le with mark": (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
    "utf-16 be with mark": (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
    "utf-16 le": (TEXT.encode("utf-16-le"), "utf-16-le"),
    "utf-16 be": (TEXT.encode("utf-16-be"), "utf-16-be"),
}
REFUSED = {
    "nothing": (b"", "empty", "empty"),
    "blanks": (" \r\n\t　".encode(), "empty", "blanks"),
    "mark only": (codecs.BOM_UTF8, "empty", "blanks"),
    "zero byte": (TEXT.encode() + b"\x00", "binary", "NUL byte"),
    "noise": (bytes((i * i * 7 + i * 31 + 129) % 255 + 1 for i in range(3000)), "undecodable", "not text"),
    "control characters": (b"ab\x01\x02\x03\x04" * 30, "binary", "control characters"),
    "cut utf-8": (TEXT.encode() * 3 + b"\xe5\x8e", "undecodable", "invalid UTF-8"),
    "bad byte in utf-8": (TEXT.encode() * 3 + b"\xff" + TEXT.encode(), "undecodable", "invalid UTF-8"),
    "odd utf-16": (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le") + b"\x00", "undecodable", "utf-16-le"),
    "zip": (b"PK\x03\x04" + b"ab" * 50, "", ""),
    "image": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "", ""),
}


@pytest.mark.parametrize("name", DECODED)
def test_decoded(name: str) -> None:
    data, encoding = DECODED[name]
    source = read_bytes(data, "a.txt")
    assert (source.text, source.encoding, source.problems) == (TEXT, encoding, ())


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_file_and_reason(name: str) -> None:
    data, cause, words = REFUSED[name]
    with pytest.raises(ReaderError) as caught:
        read_bytes(data, "somewhere/a.txt")
    assert str(caught.value).startswith("somewhere/a.txt: ")
    assert "\n" not in str(caught.value)
    assert cause in ("", caught.value.cause)
    assert words in caught.value.reason


def test_control_characters_are_problems_with_their_place() -> None:
    source = read_bytes(f"甲\x0b乙\x07\x08丙{TEXT}".encode(), "a.txt")
    assert [(problem.category, problem.span) for problem in source.problems] == [
        ("control_character", (1, 2)),
        ("control_character", (3, 5)),
    ]


def test_the_path_is_relative_to_the_root(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_text(TEXT, encoding="utf-8", newline="")
    assert read(tmp_path / "a" / "b.txt", tmp_path).source_path == "a/b.txt"
    assert read(tmp_path / "a" / "b.txt").source_path == "b.txt"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match=r"gone\.txt: No such file") as caught:
        read(tmp_path / "gone.txt")
    assert caught.value.cause == "missing"
