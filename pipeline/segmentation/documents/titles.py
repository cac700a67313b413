"""Titles, issuers and addressees read from the lines of a document's head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.segmentation.lines import forms
from pipeline.segmentation.lines.lines import squash

_BODY: Final = re.compile(
    r"(?:政府|委员会|党委|工委|县委|市委|区委|州委|办事处|部门|单位|机构|局|办|会|院|厅|室|处|企业|学校|公司|集团|中心|团体|银行|组织|站|所|队|部|小组|股|科|代表|委员|同志|人员|委)(?:（.*）)?$"
)
_AREA: Final = re.compile(r"(?:乡镇|街道|镇|乡|村|社区|园区|开发区)$")
_PLACE: Final = re.compile(r"(?:中共)?([\u3400-\u9fff]{2,10}?(?:省|自治区|自治州|市|县|区|州|旗|盟|镇|乡))")
_PLAIN_SUBJECT: Final = re.compile(
    r"(?:关于)?(?:印发|转发|批转|发布|颁布|下发)(?!.*《)(.{4,160})的(?:通知|函|决定|公告)$"
)
_TOPIC: Final = re.compile(r"关\s?于|(?<=[\u3400-\u9fff\s])(?:转发|批转|印发)")
_FOOTNOTE: Final = re.compile(r"[\[［〔]\d{1,2}[\]］〕]$")
_LAST_SUBJECT: Final = re.compile(r"《(.+)》")


def split_issuers(text: str) -> tuple[str, ...]:
    """The issuing bodies in *text*: parted by blanks or lines, or glued with their place repeated."""
    names: list[str] = []
    for part in re.split(r"[\s\u3000、，]+", text.strip()):
        if part in {"办公室", "办公厅"} and names:
            names[-1] += part
        elif part:
            names += _unglue(part)
    return tuple(names)


def _unglue(part: str) -> list[str]:
    match = _PLACE.match(part)
    if not match:
        return [part]
    place = match[1]
    starts = [0] + [m.start() for m in re.finditer(f"(?:中共)?{re.escape(place)}", part) if m.start() > len(place)]
    pieces = [part[a:b] for a, b in zip(starts, [*starts[1:], len(part)], strict=True)]
    return pieces if all(forms.is_organ(piece) for piece in pieces) else [part]


def split_head(issuer_lines: Sequence[str], title_lines: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Issuers and title of a document; a title's first line may begin with its issuers (…人民政府关于…)."""
    issuers = split_issuers("\n".join(issuer_lines))
    joined = "\n".join(title_lines)
    title = _FOOTNOTE.sub("", squash(joined))
    topic = _TOPIC.search(joined)
    about = topic.start() if topic else -1
    opening = joined[:about] if about > 0 else ""
    if opening and "《" not in opening and forms.is_organ(squash(opening)):
        issuers += split_issuers(opening)
        title = _FOOTNOTE.sub("", squash(joined[about:]))
    elif about < 0:
        issuers, title = _leading_issuer(joined, issuers, title)
    return issuers, title


def _leading_issuer(joined: str, issuers: tuple[str, ...], title: str) -> tuple[tuple[str, ...], str]:
    first, _, rest = joined.strip().partition("\n")
    if rest and forms.is_organ(first):
        return issuers + split_issuers(first), squash(rest)
    return issuers, title


def subject_of(title: str) -> str | None:
    """The title of what a covering notice issues: what stands in its outer title marks."""
    if not re.match(r"(?:关于)?(?:印发|转发|批转|发布|公布|颁布|下发)", title) and "印发" not in title[:12]:
        return None
    match = _LAST_SUBJECT.search(title) or _PLAIN_SUBJECT.search(title)
    if not match or (match.re is _PLAIN_SUBJECT and "关于" in match[1][1:]):
        return None  # 转发…关于…的通知 leaves the type of what it passes on unsaid.
    return match[1]


def split_recipients(text: str) -> tuple[str, ...]:
    """The addressees before the colon, each a body of its own, in printed order."""
    plain = squash(text).rstrip("：:")
    pieces: list[str] = []
    depth = start = 0
    for position, char in enumerate(plain + "，"):
        depth += (char in "（(") - (char in "）)")
        if char in "，、；," and depth <= 0:
            pieces.append(plain[start:position])
            start = position + 1
    names: list[str] = []
    pending = ""
    for number, piece in enumerate(pieces):
        following = pieces[number + 1] if number + 1 < len(pieces) else ""
        shared = bool(_AREA.search(piece)) and bool(re.search(r"办事处$|人民政府$", following)) and "街道" not in piece
        if piece and not _BODY.search(piece) and (shared or not _AREA.search(piece)) and following:
            pending += piece + "、"
        elif piece:
            names.append(pending + piece)
            pending = ""
    return tuple(names)
