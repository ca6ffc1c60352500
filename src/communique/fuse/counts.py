"""Counts: two reports give another number of what one side is to deliver.

Only whole counts of things are compared. A round figure, a part, a further lot and a range agree with anything.
"""

import functools
import importlib.resources
import itertools
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from communique.fuse.actors import Cast
from communique.fuse.origins import Origins
from communique.fuse.wordings import STOP, stem
from communique.model.record import Commitment, Disagreement, Value
from communique.model.spans import Span, in_order
from communique.model.words import DisagreementKind, Official

_TOKEN = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d+(?:,\d{3})*(?:\.\d+)?|\S")
_DIGITS = re.compile(r"\d+(?:,\d{3})*\Z")
_HAND_OVER = ["hand", "over"]
_LONGEST = 4
#: From which count on a round number may stand for another.
_ROUND = 100
_BOUND = frozenset({Official.AGREED, Official.PROMISED})


class _Table(msgspec.Struct, frozen=True):
    """`data/counts.toml`, made ready: `numbers` are the cardinal numbers in words."""

    numbers: dict[str, int]
    open: frozenset[str]
    unlike: frozenset[str]
    after: frozenset[str]
    deliver: frozenset[str]


@functools.cache
def _table() -> _Table:
    rows = tomllib.loads((importlib.resources.files("communique.data") / "counts.toml").read_text(encoding="utf-8"))
    numbers = {word: n for n, word in enumerate(rows["units"], 1)}
    for n, ten in enumerate(rows["tens"], 2):
        numbers |= {ten: 10 * n} | {f"{ten}-{unit}": 10 * n + m for m, unit in enumerate(rows["units"][:9], 1)}
    sets = {name: frozenset(rows[name]) for name in ("open", "unlike", "after")}
    return _Table(numbers, **sets, deliver=frozenset(map(stem, rows["deliver"])))


class Count(msgspec.Struct, frozen=True):
    """A count of things in a promise: how many, of what, and the words that tell what is done with them.

    `noun` is the stem of the thing's own word, `kind` the stems of the words in front of it.
    """

    number: int
    noun: str
    kind: frozenset[str]
    deeds: frozenset[str]

    def contradicts(self, other: "Count") -> bool:
        """Whether both count the same things, and cannot both be right."""
        alike = self.noun == other.noun and (self.kind <= other.kind or other.kind <= self.kind)
        return alike and bool(self.deeds & other.deeds) and self.number != other.number and not self._rounds(other)

    def _rounds(self, other: "Count") -> bool:
        """Whether one number is the other one made round, up or down."""
        exact, coarse = sorted((self.number, other.number), key=_zeros)
        size = 10 ** _zeros(coarse)
        near = coarse <= exact < coarse + size or 2 * abs(coarse - exact) <= size
        return size > 1 and min(exact, coarse) >= _ROUND and near


class _Told(msgspec.Struct, frozen=True):
    """A count with the promise and the words that give it."""

    commitment: Commitment
    count: Count
    span: Span


def counted(text: str) -> tuple[Count, ...]:
    """The counts of things in the words of a promise, in their order."""
    tokens = _TOKEN.findall(text)
    low = [t.casefold() for t in tokens]
    deeds: set[str] = set()
    out = []
    for at, word in enumerate(low):
        if (number := _number(word)) is not None and (thing := _thing(tokens, low, at)):
            noun, kind = thing
            out.append(Count(number, noun, kind, frozenset(deeds)))
        deeds |= _deed(word)
    return tuple(out)


def counts(owed: Sequence[Commitment], cast: Cast, origins: Origins) -> Iterator[Disagreement]:
    """The numbers of what one side is to deliver that reports of one story tell otherwise, each thing once."""
    told: dict[tuple[str, str, str], list[_Told]] = {}
    for commitment in owed:
        for span in commitment.evidence if commitment.status.official in _BOUND else ():
            for count in counted(span.text):
                for side in sorted(_sides(commitment.by, cast)):
                    row = told.setdefault((origins.story(span.report), side, count.noun), [])
                    row.append(_Told(commitment, count, span))
    said: set[str] = set()
    for _, rows in sorted(told.items()):
        for one, other in _contradicting(rows):
            ident = f"{min(one.commitment.id, other.commitment.id)}-{one.count.noun}-number"
            if ident not in said:
                said.add(ident)
                yield _disagreement(ident, rows, one, other, origins)
            break


def _contradicting(rows: Sequence[_Told]) -> Iterator[tuple[_Told, _Told]]:
    """Pairs of different reports, each of which gives one number of the thing only."""
    given: dict[str, set[int]] = {}
    for row in rows:
        given.setdefault(row.span.report, set()).add(row.count.number)
    firm = [row for row in rows if len(given[row.span.report]) == 1]
    for one, other in itertools.combinations(sorted(firm, key=lambda r: r.span), 2):
        if one.span.report != other.span.report and one.count.contradicts(other.count) and _one_deal(one, other):
            yield one, other


def _one_deal(one: _Told, other: _Told) -> bool:
    """Whether receiver and day do not tell two promises apart."""
    mine, theirs = one.commitment, other.commitment
    receivers = not mine.to or not theirs.to or bool(set(mine.to) & set(theirs.to))
    return receivers and (not mine.due or not theirs.due or mine.due.agrees_with(theirs.due))


def _disagreement(ident: str, rows: Sequence[_Told], one: _Told, other: _Told, origins: Origins) -> Disagreement:
    sides: dict[int, set[Span]] = {}
    for row in rows:
        if row.count.number in (one.count.number, other.count.number):
            sides.setdefault(row.count.number, set()).add(row.span)
    support = {n: origins.count(s.report for s in spans) for n, spans in sides.items()}
    low, high = sorted(sides)
    preferred = None if support[low] == support[high] else max(sides, key=lambda n: support[n])
    return Disagreement(
        id=ident,
        kind=DisagreementKind.NUMBER,
        about=tuple(sorted({one.commitment.id, other.commitment.id})),
        values=tuple(_value(n, sides[n]) for n in (low, high)),
        preferred=str(preferred) if preferred is not None else None,
        reason=f"What is promised cannot be both {low} and {high}.",
    )


def _value(number: int, spans: Iterable[Span]) -> Value:
    evidence = in_order(spans)
    return Value(value=str(number), reports=tuple(sorted({s.report for s in evidence})), evidence=evidence)


def _sides(actors: Iterable[str], cast: Cast) -> set[str]:
    """The countries that some actors speak for; the actors themselves, where they belong to none."""
    out: set[str] = set()
    for actor in actors:
        lands = {cast.country_ids.get(c.casefold(), c) for c in cast.countries.get(actor, ())}
        out |= lands or {actor}
    return out


def _number(word: str) -> int | None:
    if _DIGITS.match(word):
        return int(word.replace(",", ""))
    return _table().numbers.get(word)


def _deed(word: str) -> frozenset[str]:
    """What a word tells of a deed; all words of delivery are one."""
    if word in STOP or not word.isalpha():
        return frozenset()
    return frozenset(["deliver"]) if stem(word) in _table().deliver else frozenset([stem(word)])


def _thing(tokens: Sequence[str], low: Sequence[str], at: int) -> tuple[str, frozenset[str]] | None:
    """The stem of the thing that a number counts, and of the words in front of it; None where it counts no things."""
    if at and low[at - 1] in _table().open and low[at - 2 : at] != _HAND_OVER:
        return None
    if at > 1 and low[at - 1] == "and" and _number(low[at - 2]) is not None:
        return None
    rest = list(itertools.takewhile(_fits(low), range(at + 1, min(at + 1 + _LONGEST, len(low)))))
    words = [low[i] for i in rest if tokens[i].islower()]
    if len(words) != len(rest) or not words:
        return None
    last = next((n for n, w in enumerate(words) if w.endswith("s") and not w.endswith("ss")), len(words) - 1)
    if any({w, w.removesuffix("s")} & _table().unlike for w in words[: last + 1]):
        return None
    return stem(words[last]), frozenset(map(stem, words[:last]))


def _fits(low: Sequence[str]) -> Callable[[int], bool]:
    """Whether the word at a place may belong to the words of a thing."""

    def goes_on(at: int) -> bool:
        word = low[at]
        plain = word[:1].isalpha() and _number(word) is None
        return plain and word not in STOP and word not in _table().after and not word.endswith("ly")

    return goes_on


def _zeros(number: int) -> int:
    """How many noughts a number ends in."""
    text = str(number)
    return len(text) - len(text.rstrip("0"))
