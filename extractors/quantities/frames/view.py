"""What a construction looks at: one number in the parse of its sentence, and what the numbers before it measure."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.quantities.candidates.candidate import Candidate
from extractors.quantities.description.sentences import Mention, Sentence
from extractors.quantities.frames.articles import Articles
from extractors.quantities.frames.clauses import Clauses
from extractors.quantities.frames.frame import Frame, unranked
from extractors.quantities.frames.words import amount_of, first_match, is_share
from schemas.making import quickly_made
from schemas.rows import QuantityKind


@quickly_made
@dataclass(frozen=True, slots=True)
class Around:
    """What the words around a sentence speak of."""

    topic: str = ""
    """What the clause's heading, or the table row, names."""
    in_row: bool = False
    """Whether the topic is the name of a table row."""
    list_subject: str = ""
    """Whom the lead-in over the clause speaks of."""
    carried: str = ""
    """What the sentence before first measured something of."""
    list_consequence: str = ""
    """What follows on the circumstances that the lead-in over the clause introduces."""
    own: frozenset[str] = frozenset()
    """The names of the issuer's own area."""
    label: str = ""
    """The measure that a label or heading names for values that name none."""
    articles: Articles = field(default_factory=Articles)
    """The articles of the document, for fines that name one instead of their case."""
    wholes: tuple[tuple[str, str], ...] = ()
    """Unit and phrase of each number of the sentence before: what this one may give the parts of."""

    def behind(self, carried: str, wholes: tuple[tuple[str, str], ...]) -> Around:
        """The same around a sentence before which another measured *carried* and *wholes*.

        Written out, as ``replace`` takes four times as long and each sentence asks for it.
        """
        return Around(
            self.topic, self.in_row, self.list_subject, carried, self.list_consequence, self.own, self.label,
            self.articles, wholes,
        )  # fmt: skip


@quickly_made
@dataclass(frozen=True, slots=True)
class View:
    """The number at ``index`` of a parsed sentence; ``before`` are the frames of the numbers before it.

    ``sentence``, ``mention``, ``candidate`` and ``core`` are those of that number: constructions ask for them again and
    again.
    """

    clauses: Clauses
    index: int
    kind: QuantityKind
    before: tuple[Frame, ...]
    around: Around
    sentence: Sentence
    mention: Mention
    candidate: Candidate
    core: str
    """The words before the number, peeled."""

    @classmethod
    def of(cls, clauses: Clauses, index: int, kind: QuantityKind, before: tuple[Frame, ...], around: Around) -> View:
        """The view of the number at *index* of the sentence of *clauses*."""
        sentence = clauses.sentence
        mention = sentence.mentions[index]
        return cls(clauses, index, kind, before, around, sentence, mention, mention.candidate, clauses.cores[index])

    @property
    def window(self) -> str:
        """The words before the number as they stand."""
        return self.sentence.window(self.mention)

    @property
    def behind(self) -> str:
        """The words behind the number that may belong to what it measures."""
        return self.clauses.behind[self.index]

    @property
    def rest(self) -> str:
        """The sentence behind the number's own characters (comparator words behind it included)."""
        return self.sentence.text[self.candidate.end - self.sentence.start :]

    @property
    def last(self) -> Frame | None:
        """The frame of the number right before."""
        return self.before[-1] if self.before else None

    def previous(self, *, alike: bool = False) -> str:
        """What the number before measures; numbers in brackets are skipped from outside them. Empty without one.

        With *alike* the nearest of the same unit, where there is one.
        """
        if not self.before:
            return ""
        outline, here, mentions = self.sentence.outline, self.mention, self.sentence.mentions
        inside = outline[here.end - 1] == "_"
        nearest: Frame | None = None
        for index in range(self.index - 1, -1, -1):
            mention = mentions[index]
            if not inside and outline[min(mention.end, len(outline)) - 1] == "_":
                continue
            nearest = nearest or self.before[index]
            if not alike or mention.candidate.unit == here.candidate.unit:
                return self._goes_on_with(self.before[index])
        return self._goes_on_with(nearest) if nearest is not None else ""

    def _goes_on_with(self, before: Frame) -> str:
        return before.phrase if self.candidate.is_ranking else unranked(before)

    def same_item(self) -> bool:
        """Whether no semicolon parts the number from the one before: what follows one names its own bearer."""
        if not self.index:
            return True
        between = self.sentence.outline[self.sentence.mentions[self.index - 1].end : self.mention.start]
        return "；" not in between

    def amount_before(self) -> str:
        """What the number before measures; for a change of an amount behind a ratio, the nearest of its own dimension.

        支出决算12万元，完成预算的66.8%，比上年减少2万元: the change is of 支出决算. An amount beyond a semicolon is none.
        """
        mentions, outline = self.sentence.mentions[: self.index], self.sentence.outline
        points = self.candidate.unit.endswith("百分点")
        if points or self.is_share() or not mentions or not is_share(mentions[-1].candidate):
            return self.previous()
        item = outline.rfind("；", 0, self.mention.start) + 1
        alike = [
            unranked(frame)
            for mention, frame in zip(mentions, self.before, strict=True)
            if mention.start >= item and mention.candidate.dimension == self.candidate.dimension
        ]
        return alike[-1] if alike else self.previous()

    def said_of(self) -> str:
        """The amount before that the number right before says more of: its share, its pace (销售面积50万亩，占全省的8%)."""
        last, item = self.previous(), self.sentence.outline.rfind("；", 0, self.mention.start) + 1
        for mention, frame in zip(self.sentence.mentions[: self.index], self.before, strict=True):
            phrase = frame.phrase
            if mention.start >= item and not is_share(mention.candidate) and phrase and last.startswith(phrase):
                return phrase
        return amount_of(last)

    def is_share(self) -> bool:
        """Whether the number is a ratio, a rank or the like."""
        return is_share(self.candidate)

    def sanction(self) -> str:
        """The grant or fine that stands behind the number, behind the other end of its range or its cap."""
        mentions, last = self.sentence.mentions, self.index
        while last + 1 < len(mentions) and self._goes_with(last):
            last += 1
        match = first_match("indicator.sanction", self.clauses.behind[last])
        return match["what"] if match else ""

    def _goes_with(self, index: int) -> bool:
        """Whether the number behind that at *index* is the second end of a range, or a cap, of the same grant."""
        one, other = self.sentence.mentions[index : index + 2]
        between = self.sentence.text[one.end : other.start]
        return between in ("", "但", "且") or (between == "、" and other.candidate.comparator in ("<=", "<"))
