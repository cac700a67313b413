"""The recipes of docs/analysis.md run as they are printed, and give what they say."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from pipeline.analysis.vocabulary import page, vocabulary
from tests.analysis.made import write_folder
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "analysis.md").read_text(encoding="utf-8")
(BLOCK,) = [block for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL) if "# 1." in block]
RECIPES = re.split(r"(?m)^(?=# \d+\. )", BLOCK)


@pytest.fixture(scope="module")
def values(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What the last expression of each recipe gives, by its number; they run in a row, as a reader runs them."""
    here = tmp_path_factory.mktemp("recipes")
    write_folder(here / "processed")
    space: dict[str, object] = {}
    found: dict[str, object] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        for recipe in RECIPES:
            lines = [line for line in recipe.strip().splitlines() if line and not line.startswith("#")]
            exec("\n".join(lines[:-1]), space)
            number = re.match(r"# (\d+)\.", recipe)
            try:
                found[number[1] if number else "0"] = eval(lines[-1], space)
            except SyntaxError:
                exec(lines[-1], space)
                found[number[1] if number else "0"] = (
                    space[lines[-1].partition(" = ")[0]] if " = " in lines[-1] else None
                )
    return found


def test_there_are_ten() -> None:
    assert len(RECIPES) == 11  # the import stands before the first


@pytest.mark.parametrize("number", ["1", "3", "4", "7", "8"])
def test_a_recipe_gives_rows(number: str, values: dict[str, object]) -> None:
    frame = values[number]
    assert isinstance(frame, pd.DataFrame)
    assert len(frame) or number == "7"  # no outcome of the gross product is in the folder


def test_what_recipes_say_of_the_folder(values: dict[str, object]) -> None:
    due, left = values["2"], values["10"]
    assert isinstance(due, pd.DataFrame) and list(due["what"]) == ["出台公共租赁住房管理办法"]
    assert isinstance(left, list) and len(left) == 2


def test_the_vocabulary_is_a_table_with_a_page() -> None:
    frame = vocabulary()
    assert frame["code"].is_unique and frame.set_index("code").loc["gdp", "name"] == "地区生产总值"
    assert "GDP" in frame.set_index("code").loc["gdp", "wordings"].split("、")
    assert page() == (ROOT / "docs" / "vocabulary.md").read_text(encoding="utf-8"), "make docs"


def test_pages_link_to_files_that_there_are() -> None:
    for name in ("docs/analysis.md", "docs/panel.md", "README.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
            assert ((ROOT / name).parent / target).exists(), f"{name}: {target}"
