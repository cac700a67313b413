"""How well the line's rows agree with labelled gazettes: figures, intervals, breakdowns, differences.

>>> from pathlib import Path
>>> from pipeline.evaluation import evaluate, load_gold
>>> evaluation = evaluate([load_gold(Path("tests/gold/other"))])  # doctest: +SKIP
>>> evaluation.sets[0].figures["quantity_span"]["f1"]  # doctest: +SKIP
"""

from pipeline.evaluation.gold import GoldSet, GoldText, load_gold
from pipeline.evaluation.labels import GoldError
from pipeline.evaluation.run import Evaluation, SetEvaluation, evaluate, evaluate_rows

__all__ = ["Evaluation", "GoldError", "GoldSet", "GoldText", "SetEvaluation", "evaluate", "evaluate_rows", "load_gold"]
