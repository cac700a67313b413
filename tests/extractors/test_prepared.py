"""Patterns kept compiled: they match as if compiled now, and what is damaged, of another make or not writable is not used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extractors.rules import prepared as kept
from extractors.rules.prefilter import prefilter

PATTERNS = (
    r"(?<!近)(?:\d年|近\d月)",
    "给予(?P<sum>[0-9]+)元(?:补助|奖励)",
    "(?<!不)(?:达|超过)(?P<n>\\d+)(?:(?P<u>亩)|人)",
    "(?i)rmb",
)
TEXT = "给予500元补助，超过30亩；不达8人，达9人，Rmb，近٣年𝟗年，近٤月"


def _found(patterns: kept.Prepared) -> list[list[tuple[str, dict[str, str]]]]:
    return [[(one[0], one.groupdict()) for one in patterns.compiled(p).finditer(TEXT)] for p in PATTERNS]


def test_kept_patterns_match_as_the_compiler_makes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_FOLDER", tmp_path / "made")
    wanted = [[(one[0], one.groupdict()) for one in re.finditer(p, TEXT)] for p in PATTERNS]
    assert _found(kept.prepared("p", PATTERNS)) == wanted
    monkeypatch.setattr(kept, "_entry", None)  # the second time nothing is compiled
    again = kept.prepared("p", PATTERNS)
    assert _found(again) == wanted
    assert [again.compiled(p).groupindex for p in PATTERNS] == [re.compile(p).groupindex for p in PATTERNS]
    assert [again.prefilter(p) for p in PATTERNS] == [prefilter(p) for p in PATTERNS]


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: b"x" + data[1:], lambda data: b""])
def test_a_damaged_file_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: object) -> None:
    monkeypatch.setattr(kept, "_FOLDER", tmp_path)
    kept.prepared("p", PATTERNS)
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    path.write_bytes(damage(whole))  # type: ignore[operator]
    assert _found(kept.prepared("p", PATTERNS))
    assert path.read_bytes() == whole


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(kept, "_FOLDER", tmp_path / "file")
    assert _found(kept.prepared("p", PATTERNS))


def test_what_is_no_pattern_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_FOLDER", tmp_path)
    with pytest.raises(re.error):
        kept.prepared("p", ["("])
