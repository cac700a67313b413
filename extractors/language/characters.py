"""One character for its many forms: traditional and variant characters, radicals, compatibility forms.

Rules and lexicons are written in simplified characters. A gazette may print 億, 畝 or 関, and the text layer of a PDF
⽔ or ⻓; each is read as its simplified character, one for one, so that every offset stays. The conversion is that of
OpenCC's dictionaries (traditional and Japanese forms) and of Unicode (radicals, compatibility forms). A
character that simplified text uses too (著, 乾, 瞭) stays: only what GB 2312 lacks is converted, and a few that it
holds for the sake of names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Final

from extractors.rules.prepared import kept

_IDEOGRAPHS: Final = range(0x3400, 0xA000)
_COMPATIBILITY: Final = (*range(0xF900, 0xFADA), *range(0x2F800, 0x2FA1E))
_BEYOND_BASIC_PLANE: Final = 0x10000
_GB2312_ROWS: Final = range(0xB0, 0xF8)
_GB2312_CELLS: Final = range(0xA1, 0xFF)
_RARE_IN_SIMPLIFIED: Final = frozenset("後於馀徵麽夥")
"""GB 2312 has them for names; elsewhere they are the traditional 后, 于, 余, 征, 么 and 伙."""


@cache
def reading_characters() -> Mapping[str, str]:
    """Each character that is read as another one, and that other one: made once and kept."""
    code = (files("extractors.language") / "characters.py").read_text(encoding="utf-8")
    source = "\0".join((version("opencc"), unicodedata.unidata_version, code, *map("".join, _radicals())))
    return kept("characters", source.encode(), _read_as)


def _read_as() -> dict[str, str]:
    table = dict(_radicals())
    for char in map(chr, _COMPATIBILITY):
        plain = unicodedata.normalize("NFKC", char)
        if len(plain) == 1 and plain != char:
            table[char] = plain
    table |= _simplified(table.values())
    return {char: table.get(plain, plain) for char, plain in table.items()}


def as_read(text: str) -> str:
    """*text* with every character as it is read; as long as *text*."""
    return text.translate(_forms()[1]) if may_be_respelt(text) else text


def may_be_respelt(text: str) -> bool:
    """Whether *text* holds a character that may be read as another one."""
    return _forms()[0].search(text) is not None


@cache
def _forms() -> tuple[re.Pattern[str], dict[int, str]]:
    """What finds text that may have to be converted, and the conversion.

    Characters beyond the basic plane are one range: a class that lists them is searched one by one at every character.
    """
    table = {ord(char): plain for char, plain in reading_characters().items()}
    basic = "".join(chr(code) for code in table if code < _BEYOND_BASIC_PLANE)
    return re.compile(f"[{basic}\U00010000-\U0010ffff]"), table


def _simplified(more: Iterable[str]) -> dict[str, str]:
    """The ideographs, and *more*, that simplified text spells otherwise, converted a character at a time.

    Read as Japanese first (関 is 關), unless that ends on a character that no simplified text prints (衛 → 衞, which is
    卫): then as Taiwan and Hong Kong write it.
    """
    from opencc import OpenCC  # where the table is kept, nothing of it is loaded

    known = _gb2312()
    stays = known - _RARE_IN_SIMPLIFIED
    chars = [char for char in dict.fromkeys([*map(chr, _IDEOGRAPHS), *more]) if char not in stays]
    ways = [OpenCC("t2s").convert(OpenCC("jp2t").convert("\n".join(chars))).split("\n")]
    ways += [OpenCC(way).convert("\n".join(chars)).split("\n") for way in ("t2s", "tw2s", "hk2s")]
    plain = [next((way for way in read if way in known), read[0]) for read in zip(*ways, strict=True)]
    return {char: other for char, other in zip(chars, plain, strict=True) if char != other and len(other) == 1}


def _gb2312() -> frozenset[str]:
    codes = b"".join(bytes([row, cell]) for row in _GB2312_ROWS for cell in _GB2312_CELLS)
    return frozenset(codes.decode("gb2312", "ignore"))


def _radicals() -> Iterator[tuple[str, str]]:
    """The radicals of ``lexicons/radicals.tsv`` and the ideographs that they stand for."""
    path = files("extractors") / "lexicons" / "radicals.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            radical, _, ideograph = line.partition("\t")
            yield radical, ideograph
