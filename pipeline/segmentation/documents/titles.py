"""Titles, issuers and addressees read from the lines of a document's head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extractors.language.characters import as_read
from pipeline.segmentation.lines.form import Form
from pipeline.segmentation.lines.lines import squash
from pipeline.segmentation.lines.rules import pattern
from schemas.records import Document

_BODY: Final = pattern("title.body")
_AREA: Final = pattern("title.area")
_AREA_BODY: Final = pattern("title.area_body")
_STREET: Final = pattern("title.street")
_PLACE: Final = pattern("title.place")
_SUBJECT_OPENER: Final = pattern("title.subject_opener")
_SUBJECT: Final = pattern("title.subject")
_PLAIN_SUBJECT: Final = pattern("title.subject_plain")
_PARTY: Final = pattern("title.party")
_TOPIC: Final = pattern("line.begins_topic")
_NAMED_ACT: Final = pattern("issuer.named_act")
_BEFORE_YEAR: Final = pattern("issuer.before_year")
_ET_AL: Final = pattern("title.et_al")
_ELLIPTIC: Final = pattern("title.elliptic_body")
_NEWS_OF_ACT: Final = pattern("title.news_of_act")
_STATUS: Final = pattern("title.status")
_REST_OF_BODY: Final = pattern("title.rest_of_body")
_ONE_CHARACTER: Final = pattern("title.short_body")
_SPACED: Final = re.compile(r"(?<!\S)(?:[\u3400-\u9fff][ \u3000]+){2,}[\u3400-\u9fff](?!\S)")
"""A name printed with blanks between its characters (某 川 市 财 政 局)."""
_SHORTEST_PLACE: Final = 2
_SHORTEST_TITLE: Final = 8
_LONGEST_HEADING: Final = 30
_FEWEST_HEADINGS: Final = 2
_FOOTNOTE: Final = re.compile(r"[\[［〔]\d{1,2}[\]］〕]$|[①-⑳]$")


def split_issuers(text: str) -> tuple[str, ...]:
    """The issuing bodies in *text*: parted by blanks or lines, or glued with their place repeated."""
    names: list[str] = []
    for part in re.split(r"[\s\u3000、，]+", _SPACED.sub(lambda match: squash(match[0]), text.strip())):
        if names and Form(part).office:
            names[-1] += part
        elif part:
            names += _unglue(part)
    return tuple(names)


def _unglue(part: str) -> list[str]:
    """The bodies in *part*, each with the place of the first or with its short name (某川市财政局某川公积金中心)."""
    match = _PLACE.search(part)
    if not match:
        return [part]
    for place in (match[1], match[1][:-1]):
        if len(place) < _SHORTEST_PLACE:
            continue
        starts = [
            0,
            *(s for m in re.finditer(re.escape(place), part) if (s := _with_party(part, m.start())) > len(place)),
        ]
        pieces = [part[a:b] for a, b in zip(starts, [*starts[1:], len(part)], strict=True)]
        if len(pieces) > 1 and all(Form(piece).organ for piece in pieces):
            return pieces
    return [part]


def _with_party(text: str, position: int) -> int:
    """Where a body's name begins whose place stands at *position*."""
    party = _PARTY.search(text[:position])
    return party.start() if party else position


def split_head(issuer_lines: Sequence[str], title_lines: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Issuers and title of a document; a title's first line may begin with its issuers (…人民政府关于…)."""
    issuers = split_issuers("\n".join(issuer_lines))
    joined = _STATUS.sub("", "\n".join(_printed_once(title_lines)))
    title = _FOOTNOTE.sub("", squash(joined))
    topic = _TOPIC.search(as_read(joined))
    about = topic.start() if topic else -1
    opening = _ET_AL.sub("", joined[:about]) if about > 0 else ""
    if issuers and _REST_OF_BODY.match(title):
        issuers, title = issuers[:-1], issuers[-1] + title
    if _NEWS_OF_ACT.search(title):
        return issuers, title
    if opening and "《" not in opening and (Form(opening).organ or _ELLIPTIC.fullmatch(squash(opening))):
        named = split_issuers(opening)
        others = (one for one in issuers if not one.endswith(named) and not any(name.endswith(one) for name in named))
        issuers = (*others, *named)
        title = _FOOTNOTE.sub("", squash(joined[about:]))
    elif about < 0:
        issuers, title = _leading_issuer(joined, issuers, title)
    return issuers, title


def _printed_once(lines: Sequence[str]) -> Sequence[str]:
    """The *lines* of a title that is printed once; what a page prints twice, or once more with its issuer, stands there once.

    Between the two printings bodies may be named (标题⏎某市财政局⏎标题).
    """
    for cut in range(1, len(lines)):
        goes_on = next((at for at in range(cut, len(lines)) if not _names_bodies(lines[at])), len(lines))
        for start in range(goes_on, cut - 1, -1):
            above, below = squash("".join(lines[:cut])), squash("".join(lines[start:]))
            if min(len(above), len(below)) < _SHORTEST_TITLE:
                continue
            if above.endswith(below) or below.endswith(above):
                return _printed_once(lines[:cut] if len(above) > len(below) else lines[start:])
    return lines


def _names_bodies(line: str) -> bool:
    return all(Form(part).organ for part in line.split())


def _leading_issuer(joined: str, issuers: tuple[str, ...], title: str) -> tuple[tuple[str, ...], str]:
    first, _, rest = joined.strip().partition("\n")
    if rest and Form(first).organ:
        return issuers + split_issuers(first), squash(rest)
    before = _BEFORE_YEAR.search(title)
    if before and not issuers and Form(before["organ"]).organ:
        return split_issuers(before["organ"]), title[before.end() :]
    act = _NAMED_ACT.fullmatch(title)
    if act and act["organ"] and not issuers and Form(act["organ"]).gives_acts:
        return (act["organ"],), title
    return issuers, title


def in_full(issuers: tuple[str, ...], signed: tuple[str, ...], title_lines: Sequence[str]) -> tuple[str, ...]:
    """The *issuers* of a head as the signature names them, where the head names them by their level alone or in part.

    市政府 over the signature 某川市人民政府 is that government; 某局等部门 are all who sign.
    """
    if not signed:
        return issuers
    topic = _TOPIC.search(as_read(joined := "\n".join(title_lines)))
    partly = topic is not None and bool(_ET_AL.search(joined[: topic.start()]))
    return signed if partly or (issuers and all(_ELLIPTIC.fullmatch(name) for name in issuers)) else issuers


def subject_of(title: str) -> str | None:
    """The title of what a covering notice issues: what stands in its outer title marks."""
    if not _SUBJECT_OPENER.search(title):
        return None
    match = _SUBJECT.search(title) or _PLAIN_SUBJECT.search(title)
    if not match or (match.re is _PLAIN_SUBJECT and Form(match[1][1:]).about):
        return None  # 转发…关于…的通知 leaves the type of what it passes on unsaid.
    return match[1]


def doubtful_title(document: Document) -> bool:
    """Whether the title of a text without number, issuer and date looks like its other headings: no type, no topic."""
    title = Form(document.title or "")
    if not title.text or title.type or title.topic or document.doc_number or document.issuers or document.signed_date:
        return False
    headings = [
        clause
        for clause in document.clauses
        if clause.clause_type == "paragraph"
        and len(clause.reading) <= _LONGEST_HEADING
        and Form(clause.reading.text).may_be_title
    ]
    return len(headings) >= _FEWEST_HEADINGS


def split_recipients(text: str) -> tuple[str, ...]:
    """The addressees before the colon, each a body of its own, in printed order."""
    plain = squash(text).rstrip("：:")
    pieces: list[str] = []
    marks: list[str] = []
    depth = start = 0
    for position, char in enumerate(plain + "，"):
        depth += (char in "（(") - (char in "）)")
        if char in "，、；," and depth <= 0:
            if pieces and marks[-1] == "、" and _ONE_CHARACTER.fullmatch(plain[start:position]):
                pieces[-1] += f"、{plain[start:position]}"  # 各委、办、局 share one word.
                marks[-1] = char
            else:
                pieces.append(plain[start:position])
                marks.append(char)
            start = position + 1
    names: list[str] = []
    pending = ""
    for number, piece in enumerate(pieces):
        following = pieces[number + 1] if number + 1 < len(pieces) and marks[number] == "、" else ""
        shared = bool(_AREA.search(piece)) and bool(_AREA_BODY.search(following)) and not _STREET.search(piece)
        if piece and not _BODY.search(piece) and (shared or not _AREA.search(piece)) and following:
            pending += piece + "、"
        elif piece:
            names.append(pending + piece)
            pending = ""
    return tuple(names)
