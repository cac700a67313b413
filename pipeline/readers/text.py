"""Plain text: UTF-8, GB18030 and UTF-16, found from the bytes; line ends are kept as they are.

A byte order mark decides where there is one. Without one, text that is valid UTF-8 is UTF-8; zero
bytes speak for UTF-16; the rest is tried as GB18030 (which holds GB2312 and GBK). As short stretches
of noise can be valid in all of these, the result must also look like Chinese text.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from pipeline.readers.base import RawFile, Reader, ReaderError
from schemas.records import Problem, SourceText
from schemas.spans import Span

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES: Final = (
    (b"PK\x03\x04", "a zip archive (Word, Excel …)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
)
_SAMPLE: Final = 20_000
"""Characters that are looked at to judge a decoding."""
_PLAUSIBLE_SHARE: Final = 0.85
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]+")
_REPLACED: Final = re.compile("\ufffd+")
_MOST_PROBLEMS: Final = 100
_BINARY_CONTROL_SHARE: Final = 0.02


def _read(raw: RawFile) -> SourceText:
    for mark, name in _SIGNATURES:
        if raw.data.startswith(mark):
            raise ReaderError(raw.source_path, "unsupported", f"no reader for this format: it is {name}")
    text, encoding = decode(raw.data, raw.source_path)
    if not text.strip():
        raise ReaderError(raw.source_path, "empty", "the file holds blanks only")
    controls = sum(len(match[0]) for match in _CONTROL.finditer(text))
    if controls > _BINARY_CONTROL_SHARE * len(text) and controls > 8:
        raise ReaderError(
            raw.source_path, "binary", f"not text: {controls} of {len(text)} characters are control characters"
        )
    problems = (
        *_stretches(_CONTROL, text, "control_character", "control characters"),
        *lost_characters(text),
    )
    return SourceText(text, raw.source_path, raw.sha256, "text/plain", encoding, problems=problems)


def decode(data: bytes, source_path: str) -> tuple[str, str]:
    """The text of *data* without its byte order mark, and the name of its encoding; :class:`ReaderError` if it has none."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, source_path), encoding
    if b"\x00" not in data:
        fault = _utf8_fault(data)
        if fault is None:
            return data.decode("utf-8"), "utf-8"
        text = _plausibly(data, "gb18030")
        if text is not None:
            return text, "gb18030"
        if _mostly_utf8(data):
            raise ReaderError(source_path, "undecodable", fault)
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _plausibly(data, encoding)
        if text is not None:
            return text, encoding
    if b"\x00" in data:
        raise ReaderError(source_path, "binary", f"not text: a NUL byte at offset {data.index(0)}")
    raise ReaderError(source_path, "undecodable", "not text in UTF-8, GB18030 or UTF-16")


def lost_characters(text: str) -> tuple[Problem, ...]:
    """A problem for every stretch of replacement characters."""
    return tuple(_stretches(_REPLACED, text, "undecodable_bytes", "replacement characters: bytes were lost"))


def _strictly(data: bytes, encoding: str, source_path: str) -> str:
    codec = "utf-8" if encoding == "utf-8-sig" else encoding
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        reason = f"marked as {codec} but undecodable at byte offset {error.start} ({error.reason})"
        raise ReaderError(source_path, "undecodable", reason) from error
    if "\x00" in text:
        raise ReaderError(source_path, "binary", f"not text: a NUL character at offset {text.index(chr(0))}")
    return text


def _utf8_fault(data: bytes) -> str | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"invalid UTF-8: byte 0x{data[error.start]:02x} at offset {error.start} ({error.reason})"
    return None


def _mostly_utf8(data: bytes) -> bool:
    sample = data[: _SAMPLE * 3].decode("utf-8", errors="replace")
    return sample.count("\ufffd") < 0.05 * len(sample)


def _plausibly(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    sample = text[:_SAMPLE]
    plausible = sum(map(_is_plausible, sample))
    return text if plausible >= _PLAUSIBLE_SHARE * len(sample) and "\x00" not in text else None


def _is_plausible(character: str) -> bool:
    """Whether Chinese prose holds the character: ASCII, or a sign or a level-1 (common) character of GB2312."""
    if character < "\x80":
        return character >= " " or character in "\t\n\r\f"
    try:
        lead = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return character in "—…·•　〔〕―～"
    return lead <= 0xD7


def _stretches(pattern: re.Pattern[str], text: str, category: str, what: str) -> list[Problem]:
    found = [Span(*match.span()) for match in pattern.finditer(text)]
    problems = [
        Problem(
            category,
            "warning",
            f"{what} ({', '.join(f'U+{ord(c):04X}' for c in text[span.start : span.end][:4])})",
            span,
        )
        for span in found[:_MOST_PROBLEMS]
    ]
    if len(found) > _MOST_PROBLEMS:
        problems.append(Problem(category, "warning", f"{len(found) - _MOST_PROBLEMS} more stretches of {what}"))
    return problems


def _recognises(_data: bytes) -> bool:
    return True


READER: Final = Reader("text", _recognises, _read)
