"""How often rules speak side by side: overlaps and conflicts of decisions, by the traces of the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.auditing.audit import Audit
from pipeline.auditing.folders import Folder
from pipeline.auditing.held import held
from pipeline.auditing.issues import issue_of_file, issue_of_folder
from pipeline.evaluation import GoldSet
from pipeline.evaluation.decisions import MAKES, Decisions, Key, own_decisions
from schemas.datasets import DATASETS
from schemas.records import Issue


def with_overlaps(decisions: Sequence[Decisions], folder: Folder | None, sets: Sequence[GoldSet]) -> list[Decisions]:
    """*decisions* with overlaps and conflicts, and those of exclusions, which no row tells.

    By the issues of *folder*, else by the texts of the label *sets*. The issues are read and extracted again, at the
    price of a run.
    """
    overlaps: Counter[Key] = Counter()
    conflicts: Counter[Key] = Counter()
    excluded: dict[str, Decisions] = {}
    for issue in _issues(folder, sets):
        audit = Audit.of(issue)
        _count(audit, overlaps, conflicts)
        golds = [text for one in sets for text in one.texts if text.source_sha256.startswith(issue.issue_id)]
        for rule_id, one in held(audit, golds).items():
            excluded[rule_id] = excluded[rule_id].plus(one) if rule_id in excluded else one
    return [
        *(
            replace(one, overlaps=overlaps[key], conflicts=conflicts[key])
            for one in decisions
            for key in [(one.dataset, one.column, one.rule_id)]
        ),
        *excluded.values(),
    ]


def _issues(folder: Folder | None, sets: Sequence[GoldSet]) -> Iterable[Issue]:
    if folder is not None:
        return (issue_of_folder(folder, issue_id) for issue_id in folder.issues)
    return (issue_of_file(source) for source in {text.source: None for one in sets for text in one.texts})


def _count(audit: Audit, overlaps: Counter[Key], conflicts: Counter[Key]) -> None:
    for name, rows in audit.rows.items():
        if not DATASETS[name].is_mention:
            continue
        own = own_decisions(DATASETS[name])
        for row in rows:
            if DATASETS[name].has_rules:
                overlap, conflict = audit.rivals(name, row)
                overlaps[name, MAKES, str(row[MAKES])] += overlap
                conflicts[name, MAKES, str(row[MAKES])] += conflict
            for trace in audit.traces(name, row):
                if trace.column in own:
                    key = (name, trace.column, trace.rule.id)
                    overlaps[key] += trace.overlaps
                    conflicts[key] += trace.conflicts
