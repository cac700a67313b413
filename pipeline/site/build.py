"""Every file of the site, from a processed folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.auditing.folders import Folder
from pipeline.auditing.registry import RuleEntry, decisions_in, entries, place_of
from pipeline.evaluation import GoldSet
from pipeline.evaluation.decisions import merged
from pipeline.evaluation.report import show_interval
from pipeline.site.assets import layers_style, static_files
from pipeline.site.blocks import parts
from pipeline.site.charts import chart_data
from pipeline.site.data import issue_data, issue_title, json_for_script, page_script, schema_script, text_script
from pipeline.site.issue import IssueView, Page, counted, open_issue
from pipeline.site.judged import judge
from pipeline.site.marks import layers
from pipeline.site.matches import Match, columns_of, matches_by_rule, problems
from pipeline.site.printing import MarkPrinter, printed, shown

MATCHES_A_PAGE: Final = 2000
"""Matches on one page of a rule: a table of more rows is slow to sort."""
File = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class _Site:
    """What the pages share."""

    environment: Environment
    views: Sequence[IssueView]
    rules: Sequence[RuleEntry]
    matches: Mapping[str, Sequence[Match]]
    has_gold: bool

    def render(self, template: str, path: str, **values: Any) -> File:
        """The page at *path*; ``root`` leads from it to the site's folder."""
        root = "../" * path.count("/")
        page = self.environment.get_template(template).render(root=root, has_gold=self.has_gold, **values)
        return path, page.encode("utf-8")


def build_site(folder: Folder, gold: Sequence[GoldSet] = ()) -> Iterator[File]:
    """Path (relative, with ``/``) and bytes of every file of the site over all issues of *folder*.

    Label sets in *gold* add verdicts to rows and precision to rules; texts of theirs that the folder does not
    hold count for nothing.
    """
    judged = judge(folder, gold) if gold else None
    views = [open_issue(folder, key, judged.issues.get(key) if judged else None) for key in folder.issues]
    rules = entries(merged(decisions_in(folder), judged.decisions if judged else ()))
    site = _Site(_environment(), views, rules, matches_by_rule(views), judged is not None)
    yield from static_files()
    yield "static/layers.css", layers_style().encode("utf-8")
    yield "data/schema.js", schema_script().encode("utf-8")
    yield from _overview(site)
    for view in views:
        yield f"data/{view.issue_id}.js", text_script(view).encode("utf-8")
        for page in view.pages:
            yield from _page(site, view, page)
    for entry in rules:
        yield from _rule(site, entry)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "printed": printed,
        "shown": shown,
        "script_json": json_for_script,
        "title_of": issue_title,
        "interval": show_interval,
        "place": place_of,
    }
    environment.globals |= {"layers": layers(), "counted": counted()}
    return environment


def _overview(site: _Site) -> Iterator[File]:
    issues = [(view, [(page, view.counts(page)) for page in view.pages]) for view in site.views]
    yield site.render("index.html", "index.html", issues=issues)
    yield site.render("rules.html", "rules.html", rules=site.rules)
    yield site.render("problems.html", "problems.html", problems=list(problems(site.views)))
    yield site.render("charts.html", "charts.html", data=chart_data(site.views, site.rules))
    known = [issue_data(view) for view in site.views]
    yield site.render("search.html", "search.html", issues=known)
    yield site.render("review.html", "review.html", issues=known)


def _page(site: _Site, view: IssueView, page: Page) -> Iterator[File]:
    index = view.index(page)
    place = view.pages.index(page)
    around = {"before": view.pages[place - 1] if place else None, "after": (*view.pages, None)[place + 1]}
    path = f"issues/{view.issue_id}/{page.name}"
    shown_parts = [list(parts(view.structure, start, end, index)) for start, end in page.stretches]
    yield site.render(
        "document.html",
        f"{path}.html",
        view=view,
        page=page,
        stretches=shown_parts,
        counts=view.counts(page),
        outline=_outline(view, page),
        run=MarkPrinter(view.text, index.marks),
        missed=sum(mark.layer == "missed" for mark in index.marks),
        **around,
    )
    yield f"{path}.js", page_script(view, page, index).encode("utf-8")


def _outline(view: IssueView, page: Page) -> list[dict[str, Any]]:
    """Titles, captions and numbered headings of the first two levels."""
    found = []
    for row in view.rows["clauses"]:
        if page.document is None or row["document_id"] != page.document["document_id"]:
            continue
        top = row["clause_type"] == "numbered" and row["level"] <= 2 and row["table_id"] is None
        if top or row["clause_type"] in ("title", "caption", "attachment_label"):
            words = f"{row['marker'] or ''}{row['heading'] or ''}" if top else row["text"]
            found.append({"id": row["clause_id"], "level": row["level"], "words": words})
    return found


def _rule(site: _Site, entry: RuleEntry) -> Iterator[File]:
    matches = site.matches.get(entry.rule.id, ())
    parts = [matches[at : at + MATCHES_A_PAGE] for at in range(0, len(matches), MATCHES_A_PAGE)] or [()]
    names = [rule_page(entry.rule.id, number) for number in range(len(parts))]
    for name, part in zip(names, parts, strict=True):
        yield site.render(
            "rule.html",
            f"rules/{name}",
            entry=entry,
            matches=part,
            names=names,
            name=name,
            columns=columns_of(part[0].dataset) if part else (),
        )


def rule_page(rule_id: str, number: int = 0) -> str:
    """Name of a rule's page; a rule with many matches has further ones."""
    return f"{rule_id}.html" if number == 0 else f"{rule_id}-{number + 1}.html"
