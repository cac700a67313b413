"""Every file of the site, from a processed folder: one by one as a server is asked, or all of them for a static site."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.auditing.folders import Folder
from pipeline.auditing.registry import RuleEntry, decisions_in, entries, place_of
from pipeline.evaluation import GoldSet
from pipeline.evaluation.decisions import merged
from pipeline.evaluation.report import show_interval
from pipeline.site.assets import layers_style, static_files
from pipeline.site.blocks import parts
from pipeline.site.charts import ChartCounts
from pipeline.site.copies import in_order
from pipeline.site.data import (
    issue_data_of,
    issue_title,
    json_for_script,
    page_script,
    queue_script,
    schema_script,
    text_script,
)
from pipeline.site.issue import IssueView, Page, counted, open_issue
from pipeline.site.judged import GoldJudgement, judge
from pipeline.site.marks import layers
from pipeline.site.matches import MatchBook, Noticed, match_script, problems
from pipeline.site.overview import Overview
from pipeline.site.printing import MarkPrinter, printed, shown
from pipeline.site.why import why_script

File = tuple[str, bytes]
SMALL: Final = 20
"""Issues up to which the first page lists documents, and a static site holds explanations."""
_OPEN: Final = 6
"""Issues that stay in memory."""
_PROBLEMS: Final = 5000
_TOGETHER: Final = 100
"""Pages of rules that a process makes at a time."""
_PAGES: Final = ("index", "rules", "problems", "charts", "search", "review")


class Site:
    """The site over all issues of a folder; ``file`` makes one file, ``paths`` names all of them."""

    def __init__(self, folder: Folder, gold: Sequence[GoldSet] = (), *, why: str = "") -> None:
        """*gold* adds verdicts to rows and precision to rules; *why*: ``files`` or ``server`` where explanations are."""
        self.folder, self._gold, self.why = folder, gold, why
        self.whole: Overview | None = None
        self._views: OrderedDict[str, IssueView] = OrderedDict()
        self._static = dict(static_files())
        self._environment = _environment()

    @cached_property
    def judged(self) -> GoldJudgement | None:
        """What the label sets say."""
        return judge(self.folder, self._gold) if self._gold else None

    @cached_property
    def rules(self) -> list[RuleEntry]:
        """The registry with the decisions of each rule."""
        counts = self.whole.decisions if self.whole else decisions_in(self.folder)
        return entries(merged(counts, self.judged.decisions if self.judged else ()))

    @cached_property
    def wrong(self) -> frozenset[str]:
        """The ids of the rows that labels call wrong."""
        return frozenset(row_id for one in (self.judged.decisions if self.judged else ()) for row_id in one.wrong_rows)

    @cached_property
    def charts(self) -> ChartCounts:
        """The targets of all issues, counted."""
        return self.whole.charts if self.whole else ChartCounts.of(map(self.view, self.folder.issues))

    @cached_property
    def problems(self) -> list[Noticed]:
        """The first problems of the issues."""
        return self.whole.problems if self.whole else list(problems(map(self.view, self.folder.issues), _PROBLEMS))

    @cached_property
    def _entries(self) -> dict[str, RuleEntry]:
        return {entry.rule.id: entry for entry in self.rules}

    def rows_of(self, entry: RuleEntry) -> MatchBook:
        """The rows of one rule: looked for when asked, where the site is served; the issues with wrong ones first."""
        if self.whole:
            return self.whole.matches
        wrong = dict.fromkeys(row_id.partition("/")[0] for one in entry.decisions for row_id in one.wrong_rows)
        issues = [
            *(key for key in wrong if key in self.folder.issues),
            *(key for key in self.folder.issues if key not in wrong),
        ]
        return MatchBook.of_rule(map(self.view, issues), entry)

    def view(self, issue_id: str) -> IssueView:
        """One issue; the last few stay open."""
        if issue_id not in self._views:
            said = self.judged.issues.get(issue_id) if self.judged else None
            self._views[issue_id] = open_issue(self.folder, issue_id, said)
            if len(self._views) > _OPEN:
                self._views.popitem(last=False)
        self._views.move_to_end(issue_id)
        return self._views[issue_id]

    def own_files(self) -> Iterator[File]:
        """The files that no issue and no rule has a part in."""
        yield from self._static.items()
        yield from self._files(("static/layers.css", "data/schema.js"))

    def issue_files(self, issue_id: str) -> tuple[list[File], Overview]:
        """The files of one issue, and what the pages over all issues show of it."""
        view = self.view(issue_id)
        names = [f"issues/{issue_id}/{page.name}" for page in view.pages]
        suffixes = ("html", "js", "why.js") if self.why == "files" else ("html", "js")
        paths = [f"data/{issue_id}.js", f"data/{issue_id}.queue.js", f"issues/{issue_id}/index.html"]
        paths += [f"{name}.{suffix}" for name in names for suffix in suffixes]
        return list(self._files(paths)), Overview.of(view, self.wrong, _PROBLEMS)

    def overview_files(self) -> list[str]:
        """The paths of the pages over all issues and of those of the rules."""
        found = [f"{name}.html" for name in _PAGES]
        for entry in self.rules:
            found += [f"rules/{entry.rule.id}.html"] + [f"rules/{entry.rule.id}.js"] * bool(entry.decided)
        return found

    def files(self, paths: Iterable[str]) -> list[File]:
        """The files at *paths*, which the site has."""
        return list(self._files(paths))

    def _files(self, paths: Iterable[str]) -> Iterator[File]:
        for path in paths:
            data = self.file(path)
            assert data is not None, path
            yield path, data

    def file(self, path: str) -> bytes | None:
        """The bytes of the file at *path*, ``None`` where the site has none."""
        if path in self._static:
            return self._static[path]
        room, _, rest = path.partition("/")
        name, _, suffix = (rest or room).partition(".") if room != "rules" else rest.rpartition(".")
        found: str | None = None
        if not rest:
            found = self._overview(name) if suffix == "html" and name in _PAGES else None
        elif room == "static":
            found = layers_style() if rest == "layers.css" else None
        elif room == "data":
            found = self._data(name, suffix)
        elif room == "rules":
            found = self._rule(name, suffix)
        elif room == "issues":
            issue_id, _, page = rest.partition("/")
            found = (
                self._issue(issue_id, *page.split(".", 1)) if issue_id in self.folder.issues and "." in page else None
            )
        return None if found is None else found.encode("utf-8")

    def _render(self, template: str, path: str, **values: Any) -> str:
        """The page at *path*; ``root`` leads from it to the site's folder."""
        page = self._environment.get_template(template)
        return page.render(root="../" * path.count("/"), has_gold=bool(self._gold), why=self.why, **values)

    def _overview(self, name: str) -> str:
        known = [issue_data_of(row) for row in self.folder.issues.values()]
        if name == "index" and len(known) > SMALL:
            counts = self.whole.counts if self.whole else self.folder.counts()
            return self._render("issues.html", "", issues=list(self.folder.issues.values()), counts=counts)
        made: dict[str, Callable[[], dict[str, Any]]] = {
            "index": lambda: {
                "issues": self.whole.listed if self.whole else [self.view(key).listed for key in self.folder.issues]
            },
            "rules": lambda: {"rules": self.rules},
            "problems": lambda: {"problems": self.problems},
            "charts": lambda: {"data": self.charts.data(self.rules)},
        }
        values = made[name]() if name in made else {"issues": known}
        return self._render(f"{name}.html", f"{name}.html", **values)

    def _data(self, name: str, suffix: str) -> str | None:
        if name == "schema":
            return schema_script()
        if name not in self.folder.issues:
            return None
        return {"js": text_script, "queue.js": queue_script}.get(suffix, lambda _: None)(self.view(name))

    def _rule(self, rule_id: str, suffix: str) -> str | None:
        entry = self._entries.get(rule_id)
        if entry is None or suffix not in ("html", "js"):
            return None
        book = self.rows_of(entry)
        found = book.rows(rule_id)
        if suffix == "js":
            return match_script(found)
        whole = book.is_whole(entry)
        return self._render("rule.html", f"rules/{rule_id}.html", entry=entry, count=len(found), whole=whole)

    def _issue(self, issue_id: str, name: str, suffix: str) -> str | None:
        view = self.view(issue_id)
        if (name, suffix) == ("index", "html"):
            return self._render("index.html", f"issues/{issue_id}/index.html", issues=[view.listed])
        page = next((page for page in view.pages if page.name == name), None)
        if page is None:
            return None
        if suffix == "html":
            return self._page(view, page)
        if suffix == "js":
            return page_script(view, page, view.index(page))
        return why_script(self.folder, view, page) if suffix == "why.js" else None

    def _page(self, view: IssueView, page: Page) -> str:
        index = view.index(page)
        place = view.pages.index(page)
        return self._render(
            "document.html",
            f"issues/{view.issue_id}/{page.name}.html",
            view=view,
            page=page,
            stretches=[list(parts(view.structure, start, end, index)) for start, end in page.stretches],
            counts=view.counts(page),
            outline=_outline(view, page),
            run=MarkPrinter(view.text, index.marks),
            missed=sum(mark.layer == "missed" for mark in index.marks),
            before=view.pages[place - 1] if place else None,
            after=(*view.pages, None)[place + 1],
        )


def build_site(
    folder: Folder, gold: Sequence[GoldSet] = (), *, why: bool = False, processes: int = 1
) -> Iterator[File]:
    """Path (relative, with ``/``) and bytes of every file of the site over all issues of *folder*.

    Label sets in *gold* add verdicts to rows and precision to rules; texts of theirs that the folder does not
    hold count for nothing. With *why*, each row has its explanation, at the price of extracting every issue again.
    The issues, and then the rules, are shared out among *processes*; the files are the same.
    """
    site = Site(folder, gold, why="files" if why else "")
    yield from site.own_files()
    site.whole = Overview(MatchBook({}, site.wrong))
    for files, part in in_order(site.issue_files, list(folder.issues), processes):
        yield from files
        site.whole.add(part, _PROBLEMS)
    paths = site.overview_files()
    for files in in_order(
        site.files, [paths[at : at + _TOGETHER] for at in range(0, len(paths), _TOGETHER)], processes
    ):
        yield from files


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.site"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "printed": printed, "shown": shown, "script_json": json_for_script, "title_of": issue_title, "interval": show_interval,
        "place": place_of,
    }  # fmt: skip
    environment.globals |= {"layers": layers(), "counted": counted()}
    return environment


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
