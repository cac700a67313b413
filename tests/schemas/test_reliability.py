"""The figures of columns: each is of a column, lies in its interval, and is shown in the dictionary."""

from __future__ import annotations

from checks.reliability import COLUMNS, lines
from pipeline.evaluation.tallies import FIGURES
from schemas.datasets import DATASETS
from schemas.dictionary import page
from schemas.reliability import measured_on, reliability


def test_figures_are_of_columns_that_there_are() -> None:
    assert reliability()
    for (dataset, column), found in reliability().items():
        assert column in {field.name for field in DATASETS[dataset].fields()}
        assert found.figure in COLUMNS and 0 <= found.low <= found.value <= found.high <= 1


def test_every_figure_is_one_of_the_evaluation() -> None:
    assert COLUMNS.keys() <= FIGURES.keys()
    assert all(name.partition(".")[0] in DATASETS for names in COLUMNS.values() for name in names)


def test_a_figure_is_written_for_each_of_its_columns() -> None:
    figures = {"agency": {"p": 1.0, "r": 0.8, "f1": 0.889}, "kind_accuracy": 0.9}
    intervals = {"agency": {"f1": (0.8, 0.95)}, "kind_accuracy": (0.85, 0.94)}
    assert list(lines(figures, intervals)) == [
        "quantities\tkind\tkind_accuracy\t0.900\t0.850\t0.940\n",
        "responsibilities\tagency\tagency\t0.889\t0.800\t0.950\n",
    ]


def test_the_dictionary_shows_them_with_their_day() -> None:
    kind = reliability()["quantities", "kind"]
    assert f"{kind.value:.3f} ({kind.low:.3f}–{kind.high:.3f})" in page() and measured_on() in page()
