"""The label files themselves: they load, say what they may, and flaws stop the load."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluation import GoldError, GoldSet, load_gold
from pipeline.evaluation.labels import AgencyLabel, PersonLabel, QuantityLabel
from tests.evaluation.made import LABELS, write_set

ROOT = Path(__file__).parents[1] / "gold"
SETS = ["dev", "heldout", "other", "xiangyin"]
_DEADLINE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@pytest.fixture(scope="module", params=SETS)
def gold(request: pytest.FixtureRequest) -> GoldSet:
    return load_gold(ROOT / str(request.param))


def test_labels_say_what_they_may(gold: GoldSet) -> None:
    for text in gold.texts:
        assert text.labels
        for label in text.labels:
            assert text.covers(label.start), (text.name, label)
            if isinstance(label, QuantityLabel):
                assert label.low <= label.high and label.indicator, (text.name, label)
                assert label.comparator in {">=", ">", "<=", "<", "~", "="}, (text.name, label)
                assert label.kind in {"target", "standard", "fact"}, (text.name, label)
                assert label.deadline is None or _DEADLINE.fullmatch(label.deadline), (text.name, label)
            elif isinstance(label, PersonLabel):
                assert label.name and not re.search(r"\s", label.name), (text.name, label)
            else:
                assert isinstance(label, AgencyLabel)
                assert label.duty in {"lead", "responsible", "support", "member"}, (text.name, label)


def test_quantities_do_not_overlap(gold: GoldSet) -> None:
    for text in gold.texts:
        spans = sorted((label.start, label.end) for label in text.labels if isinstance(label, QuantityLabel))
        assert all(before[1] <= after[0] for before, after in pairwise(spans)), text.name


def test_files_of_one_source_are_one_text() -> None:
    (text,) = load_gold(ROOT / "xiangyin").texts
    assert text.name == "D1+D2+D3+D4"
    assert len(text.stretches) == 7


def test_one_file_is_a_set_of_its_own() -> None:
    gold = load_gold(ROOT / "other" / "B1.gold.jsonl")
    assert (gold.name, len(gold.texts)) == ("other/B1", 1)


FLAWS: list[tuple[dict[str, Any], str]] = [
    ({"t": "z"}, "t is q, p or a"),
    ({"colour": "red"}, "unknown keys ['colour']"),
    ({"text": "22万亩"}, "stands at its offsets"),
]


@pytest.mark.parametrize(("change", "message"), FLAWS)
def test_flaws_stop_the_load(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    folder = write_set(tmp_path)
    (folder / "M1.gold.jsonl").write_text(json.dumps(LABELS[0] | change, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(GoldError, match=re.escape(message)):
        load_gold(folder)


def test_a_missing_source_or_folder_stops_the_load(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no label files"):
        load_gold(tmp_path)
    folder = write_set(tmp_path)
    (folder / "M1.txt").rename(folder / "other.txt")
    with pytest.raises(GoldError, match=r"name it in gold\.toml"):
        load_gold(folder)
    (folder / "gold.toml").write_text('[sources]\nM1 = "other.txt"\n', encoding="utf-8")
    assert load_gold(folder).texts[0].source.name == "other.txt"
