"""Content streams by one pattern: the same operands and operators as pdfminer's reader, or none."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psexceptions import PSEOF

from pipeline.readers.pdf.operators import read_objects


def _of_pdfminer(data: bytes) -> list[Any]:
    found = []
    try:
        parser = PDFContentParser([PDFStream({}, data)])
        while True:
            found.append(parser.nextobject()[1])
    except PSEOF:
        return found


TAKEN = {
    "text": rb"BT /F1+0 12 Tf 1 0 0 -1 72.5 .5 Tm (ab\(c\)\\) Tj T* (d) ' ET ",
    "octal codes and other escapes": rb"(\101\7x\n\q\12\0053) Tj ",
    "hexadecimal strings": b"<4E2D> Tj <> Tj [<00A1> -120 (b) 7.] TJ ",
    "marked content": b"/Span <</MCID 3 /Lang (zh) /On true>> BDC EMC ",
    "paths": b"q 0.5 w 10 20 m 30 40 l S f* b* Q\n1 0 0 RG\r\n",
    "broken lines in strings": b"(a\\\nb) Tj (a\nb) Tj ",
    "blanks alone": b" \n\t\x00 ",
}
LEFT = {
    "a picture within": b"BI /W 1 /H 1 ID \x00\x01 EI Q ",
    "brackets within a string": b"(a(b)c) Tj ",
    "a comment": b"% page\n1 w ",
    "a string without end": b"(abc Tj ",
    "an array without end": b"[1 2 3 TJ ",
    "a name with a code": b"/F#31 12 Tf ",
    "a carriage return in a string": b"(a\rb) Tj ",
    "an octal code too large": rb"(\777) Tj ",
    "a dictionary of odd length": b"<</A>> BDC ",
    "a stray bracket": b"1 ] w ",
}


@pytest.mark.parametrize("case", TAKEN)
def test_the_same_as_pdfminer(case: str) -> None:
    read = read_objects([PDFStream({}, TAKEN[case])])
    assert read == _of_pdfminer(TAKEN[case])
    assert read is not None
    assert [type(item) for item in read] == [type(item) for item in _of_pdfminer(TAKEN[case])]


@pytest.mark.parametrize("case", LEFT)
def test_what_is_left_to_pdfminer(case: str) -> None:
    assert read_objects([PDFStream({}, LEFT[case])]) is None


def test_long_streams_are_left_to_pdfminer() -> None:
    assert read_objects([PDFStream({}, b"0 w " * 300_000)]) is None


@given(st.lists(st.sampled_from([b"12", b"-3.5", b"(a\\)b)", b"<4e>", b"/N", b"Tj", b"[1 (x)]", b"\n", b"true", b"(", b"]"]), max_size=12))  # fmt: skip
def test_any_stream_that_is_taken_reads_the_same(parts: list[bytes]) -> None:
    data = b" ".join(parts) + b" "
    read = read_objects([PDFStream({}, data)])
    assert read is None or read == _of_pdfminer(data)
