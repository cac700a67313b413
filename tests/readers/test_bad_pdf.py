"""Files that are damaged, locked, empty or too large: one clear line, or what can be read of them."""

from __future__ import annotations

import random
import re
import zlib
from collections import Counter

import pytest

from pipeline.readers import ReaderError, limits, read_bytes
from pipeline.readers.ocr import recognition
from tests.readers.sheets import Sheet, pdf

TEXT = "关于做好积水点整治工作的通知"


def page(sheet: Sheet) -> None:
    sheet.text(90, 100, TEXT)


def bomb(unpacked: int) -> bytes:
    """A PDF of two pages, the second with a stream that unpacks to *unpacked* bytes."""
    data = pdf([page, page])
    packed = zlib.compress(b"q Q " * (unpacked // 4), 9)
    streams = list(re.finditer(rb"/Length (\d+)\s*>>\s*stream\r?\n(.*?)endstream", data, re.DOTALL))
    last = streams[-1]
    head = data[: last.start()]
    head = head[: head.rindex(b"<<")]
    body = b"<< /Filter /FlateDecode /Length %d >> stream\n%s\nendstream" % (len(packed), packed)
    return head + body + data[last.end() :]


@pytest.mark.parametrize(
    ("data", "cause", "reason"),
    [
        (pdf([page], password="geheim"), "encrypted", "password"),
        (b"%PDF-1.4\nno more than this", "damaged", "damaged"),
        (pdf([page])[:300], "damaged", "damaged"),
        (pdf([lambda sheet: None]), "no_text", "1 blank pages"),
        (b"", "empty", "empty"),
    ],
)
def test_unreadable_files_say_why_in_one_line(data: bytes, cause: str, reason: str) -> None:
    with pytest.raises(ReaderError) as caught:
        read_bytes(data, "2024/07.pdf")
    assert caught.value.cause == cause
    assert re.fullmatch(rf"2024/07\.pdf: .*{reason}.*", str(caught.value))


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGBAO_MAX_PAGES", "3")
    limits.limits.cache_clear()
    with pytest.raises(ReaderError, match="4 pages, over the limit of 3"):
        read_bytes(pdf([page] * 4), "a.pdf")
    monkeypatch.undo()
    limits.limits.cache_clear()


def test_limit_must_be_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGBAO_MAX_PAGES", "many")
    limits.limits.cache_clear()
    with pytest.raises(ValueError, match="GONGBAO_MAX_PAGES"):
        limits.limits()
    monkeypatch.undo()
    limits.limits.cache_clear()


def test_page_that_unpacks_to_too_much_is_left_out() -> None:
    source = read_bytes(bomb(120_000_000), "a.pdf")
    assert source.text.strip() == TEXT
    assert [(problem.category, problem.page) for problem in source.problems if problem.page] == [("page_quality", 2)]


def test_owner_password_alone_locks_nobody_out() -> None:
    def latin(sheet: Sheet) -> None:  # the library leaves the names of character collections open, which garbles others
        sheet.canvas.setFont("Helvetica", 12)
        sheet.canvas.drawString(90, 700, "Notice 2024-7")

    source = read_bytes(pdf([latin], owner="druck"), "a.pdf")
    assert (source.text.strip(), [place.method for place in source.pages]) == ("Notice 2024-7", ["text"])


def test_wrong_start_of_the_cross_reference_table() -> None:
    data = re.sub(rb"startxref\s+\d+", b"startxref\n7", pdf([page]))
    assert read_bytes(data, "a.pdf").text.strip() == TEXT


def test_junk_before_the_file() -> None:
    assert read_bytes(b"\r\n\r\n" + pdf([page]), "a.pdf").text.strip() == TEXT


def test_damage_anywhere_ends_in_text_or_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "is_installed", lambda: False)
    whole = pdf([page, page])
    chance = random.Random(7)
    outcomes = Counter[str]()
    for turn in range(60):
        data = bytearray(whole)
        at = chance.randrange(len(data))
        if turn % 3 == 0:
            data = data[:at]
        elif turn % 3 == 1:
            del data[at : at + chance.randrange(1, 400)]
        else:
            for _ in range(20):
                data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read_bytes(bytes(data), "a.pdf")
            outcomes["read"] += 1
        except ReaderError as error:
            assert "\n" not in str(error)
            outcomes[error.cause] += 1
    assert outcomes["read"] and outcomes["damaged"]
