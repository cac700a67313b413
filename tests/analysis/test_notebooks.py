"""The notebooks run on the real issue, in one kernel that forgets between them, and show pictures."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WITH_PICTURES = {"1", "2", "4", "5"}


def test_there_are_five_and_none_holds_output() -> None:
    assert len(NOTEBOOKS) == 5
    for path in NOTEBOOKS:
        cells = nbformat.read(path, 4).cells
        assert cells[0].cell_type == "markdown" and cells[0].source.startswith("# ")
        assert not [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")]


@pytest.fixture(scope="module")
def executed(real_folder: Path) -> dict[str, list[NotebookNode]]:
    """The code cells of each notebook by its number, run one after another on the real issue."""
    together = new_notebook()
    places: dict[str, list[int]] = {}
    for path in NOTEBOOKS:
        setting = f"%reset -f\nimport os\nos.environ['GONGBAO_PROCESSED'] = {str(real_folder)!r}\ndel os"
        together.cells.append(new_code_cell(setting))
        for cell in nbformat.read(path, 4).cells:
            if cell.cell_type == "code":
                places.setdefault(path.name[0], []).append(len(together.cells))
                together.cells.append(cell)
    NotebookClient(together, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}).execute()
    return {name: [together.cells[place] for place in found] for name, found in places.items()}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_what_it_says(path: Path, executed: dict[str, list[NotebookNode]]) -> None:
    kinds = [kind for cell in executed[path.name[0]] for output in cell.outputs for kind in output.get("data", {})]
    assert ("image/png" in kinds) is (path.name[0] in WITH_PICTURES)
    assert "text/html" in kinds  # tables
    assert not [output for cell in executed[path.name[0]] for output in cell.outputs if output.get("name") == "stderr"]
