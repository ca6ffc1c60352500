"""Which of two reports that share words had them first.

Days of publication decide. Where they do not, marks of handing on do: what one report quotes and the other tells is the
other's; a passage is at home where its words come back in the rest of the report; a report that names an agency or a
partner outside the passage took it from there; and copying drops words more often than it adds them.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from communique.cluster.features import QUOTED, STOP, Features
from communique.cluster.reuse import Shared
from communique.cluster.words import word_set
from communique.text.shingles import word_hash

HOME = 1.5
"""How many times as often a passage's words come back in one report as in the other, for it to be at home there."""
HOME_WORDS = 4
"""Words that come back, at least."""
EDGE = 25
"""Words at either end of a report among which it says where it has its text from."""
_HANDED = frozenset(word_hash(w) for w in word_set("handed_on"))


class Side(NamedTuple):
    """One report of a pair: its words inside the shared passages, as word indices, and how they stand there.

    Attributes:
        first: where the earliest passage begins.
        words: words from the first to the last of each passage, all together.
        quoted: words of them inside quotation marks.
        back: words outside the passages that tell something and stand in one as well.
        rest: words outside the passages.
        handed: whether it says outside them that it was handed its text.
    """

    first: int
    words: int
    quoted: int
    back: int
    rest: int
    handed: bool


def later(one: Features, other: Features, found: Sequence[Shared]) -> bool:
    """Whether the second of two reports is the original.

    Args:
        one: the report on side `a` of the passages.
        other: the report on side `b`.
        found: their shared passages, at least one.
    """
    if one.published and other.published and one.published != other.published:
        return other.published < one.published
    left = _side(one, [(s.a_start, s.a_end) for s in found])
    right = _side(other, [(s.b_start, s.b_end) for s in found])
    return _older(left, right) < 0


def _older(left: Side, right: Side) -> float:
    """Above 0 where the left report speaks for having been first, below where the right does."""
    if (marks := _marked(right) - _marked(left)) != 0:
        return marks
    if left.handed != right.handed:
        return right.handed - left.handed
    low, high = sorted((left.back, right.back))
    if high >= HOME_WORDS and high >= HOME * low:
        return left.back - right.back
    return (left.words - right.words) or (right.first - left.first) or (right.rest - left.rest)


def _marked(side: Side) -> bool:
    """Whether all of what is shared stands in quotation marks."""
    return 10 * side.quoted >= 9 * side.words


def _side(report: Features, places: Sequence[tuple[int, int]]) -> Side:
    inside = sorted({n for start, end in places for n in range(start, end)})
    known = set(inside)
    hashes = report.word_hashes.tolist()
    telling = {hashes[n] for n in inside if not report.flags[n] & STOP}
    outside = Counter(h for n, h in enumerate(hashes) if n not in known)
    edge = [n for n in (*range(EDGE), *range(len(hashes) - EDGE, len(hashes))) if n not in known]
    return Side(
        first=inside[0],
        words=len(inside),
        quoted=sum(bool(report.flags[n] & QUOTED) for n in inside),
        back=sum(count for h, count in outside.items() if h in telling),
        rest=len(hashes) - len(inside),
        handed=any(0 <= n < len(hashes) and hashes[n] in _HANDED for n in edge),
    )
