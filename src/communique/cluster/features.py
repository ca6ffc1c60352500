"""What the room keeps of one report: enough to compare it with every other, small enough to store.

Words are kept as places and 64-bit hashes; terms for grouping as hashes and counts. No word of the text is kept but
the title and the telling words of body names, so `group` is given the texts when it cuts spans. Rows of numbers are
packed as bytes: a word takes 17 of them and a term 11, and nothing has to be unpacked to be read.
"""

import itertools
import re
from collections.abc import Iterable, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from communique.cluster.marks import quoted_ranges
from communique.cluster.sessions import SessionKey, current, numbered
from communique.cluster.terms import STOP_WORDS, weighted
from communique.cluster.timeline import Frame, frame, official
from communique.cluster.words import word_set
from communique.model.claims import Claim
from communique.model.ids import mention_key
from communique.model.reports import TELLING, Report
from communique.text.shingles import word_hash
from communique.text.tokens import Token, tokens

FEATURES_VERSION = "2"
"""Changes whenever the same report and claims would be kept differently."""
QUOTED, FURNITURE, NAME, STOP, OPENS = 1, 2, 4, 8, 16
"""Bits of `Features.flags`; `OPENS` stands on the first word of a sentence or line."""
_PLACE, _HASH, _COUNT = np.dtype("<u4"), np.dtype("<u8"), np.dtype("<u2")
_MOST = 65_535
"""Largest count that is kept."""

_START = re.compile(r"[.!?:\n\u201c\"\u2018]\W*\Z|\A\W*\Z")
_ENDS = re.compile(r"[.!?\n]")
_LINKS = word_set("links")


_LINKED = 2
"""Link words in a row inside a name: "of the"."""


class Features(msgspec.Struct, frozen=True, kw_only=True):
    """One report as the room sees it. All places are code points of its text; `n` words.

    Attributes:
        report: its id.
        outlet: who published it, where known: site lines are learnt per outlet.
        title: its headline, where known.
        published: day of publication, `YYYY-MM-DD`, where known.
        starts: start of each word, `n`, ascending, packed; read by `word_starts`.
        ends: end of each word, `n`, packed; read by `word_ends`.
        hashes: 64-bit hash of each word's normal form, `n`, packed; read by `word_hashes`.
        flags: a byte a word, `n`: `QUOTED`, `FURNITURE`, `NAME`, `STOP`, `OPENS`.
        terms: hashes of its terms, ascending, `m`, packed; read by `term_hashes`.
        counts: weighted count of each term, `m`, packed; read by `term_counts`.
        kinds: a byte a term, `m`: its `terms.Kind`.
        sessions: the numbered sessions that it names, in order.
        frame: when what it leads with can have happened.
        official: share of its words that are of the language of talks and sessions, 0 to 1.
        days: days and months that it names: `2024-12-10`, `2024-12`, `--12-10`, sorted.
    """

    report: str
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    starts: bytes = b""
    ends: bytes = b""
    hashes: bytes = b""
    flags: bytes = b""
    terms: bytes = b""
    counts: bytes = b""
    kinds: bytes = b""
    sessions: tuple[SessionKey, ...] = ()
    days: tuple[str, ...] = ()
    frame: Frame = Frame()
    official: float = 0.0

    @property
    def own(self) -> int:
        """Words that are a newsroom's own: neither quoted, nor names, nor furniture."""
        return int(np.count_nonzero(np.frombuffer(self.flags, dtype=np.uint8) & (QUOTED | NAME | FURNITURE) == 0))

    def chars(self, first: int, end: int) -> tuple[int, int]:
        """The characters from one word to another, ends exclusive."""
        return int(self.word_starts[first]), int(self.word_ends[end - 1])

    @property
    def word_starts(self) -> npt.NDArray[np.uint32]:
        """Start of each word in code points, ascending."""
        return np.frombuffer(self.starts, dtype=_PLACE)

    @property
    def word_ends(self) -> npt.NDArray[np.uint32]:
        """End of each word in code points, exclusive."""
        return np.frombuffer(self.ends, dtype=_PLACE)

    @property
    def word_hashes(self) -> npt.NDArray[np.uint64]:
        """Hash of each word."""
        return np.frombuffer(self.hashes, dtype=_HASH)

    @property
    def term_hashes(self) -> npt.NDArray[np.uint64]:
        """Hash of each term, ascending."""
        return np.frombuffer(self.terms, dtype=_HASH)

    @property
    def term_counts(self) -> npt.NDArray[np.uint16]:
        """Count of each term; the title's and the lead's count more than once."""
        return np.frombuffer(self.counts, dtype=_COUNT)


def features(report: Report, claims: Sequence[Claim] = ()) -> Features:
    """What the room keeps of a report.

    Args:
        report: the report.
        claims: what `annotate` read in it; without them marks and words alone decide.
    """
    words = tokens(report.text)
    flags = _flags(report, words, claims)
    title = tokens(report.head.title or "")
    telling = [w for w, flag in zip(words, flags, strict=True) if not flag & FURNITURE]
    names = frozenset(w.norm for w, flag in zip(words, flags, strict=True) if flag & NAME)
    terms = weighted(title, telling, names)
    days = sorted(set(terms.days) | _claimed_days(claims))
    when = frame(telling, report.head.published_day)
    return Features(
        report=report.id,
        outlet=report.head.outlet,
        title=report.head.title,
        published=report.head.published_day,
        starts=np.array([w.start for w in words], dtype=_PLACE).tobytes(),
        ends=np.array([w.end for w in words], dtype=_PLACE).tobytes(),
        hashes=np.array([word_hash(w.norm) for w in words], dtype=_HASH).tobytes(),
        flags=bytes(flags),
        terms=np.array(terms.hashes, dtype=_HASH).tobytes(),
        counts=np.minimum(terms.counts, _MOST).astype(_COUNT).tobytes(),
        kinds=bytes(terms.kinds),
        sessions=tuple(current(_sessions(report, title, telling, claims), when)),
        days=tuple(days),
        frame=when,
        official=official(telling),
    )


def _flags(report: Report, words: Sequence[Token], claims: Sequence[Claim]) -> bytearray:
    flags = bytearray(STOP if w.norm in STOP_WORDS else 0 for w in words)
    furniture = [(f.start, f.end) for f in report.head.furniture if f.kind not in TELLING]
    _mark(flags, words, itertools.chain(quoted_ranges(report.text), _direct(claims)), QUOTED)
    _mark(flags, words, furniture, FURNITURE)
    _mark_names(flags, report.text, words)
    _mark_openings(flags, report.text, words)
    return flags


def _mark(flags: bytearray, words: Sequence[Token], ranges: Iterable[tuple[int, int]], bit: int) -> None:
    """Set a bit on every word that begins inside one of the ranges; linear but for sorting the ranges."""
    at, reach = 0, sorted(ranges)
    end = -1
    for index, word in enumerate(words):
        while at < len(reach) and reach[at][0] <= word.start:
            end = max(end, reach[at][1])
            at += 1
        if word.start < end:
            flags[index] |= bit


def _direct(claims: Sequence[Claim]) -> list[tuple[int, int]]:
    direct = {c.subject for c in claims if c.field == "mode" and c.value == "direct"}
    return [(c.span.start, c.span.end) for c in claims if c.field == "content" and c.subject in direct]


def _mark_names(flags: bytearray, text: str, words: Sequence[Token]) -> None:
    """Set NAME on capitalised words, at a sentence's start only where they are capitalised elsewhere too.

    Small link words between two names belong to the name: "Commission on Trade and Cooperation".
    """
    capital = [text[w.start].isupper() or not text[w.start].isalpha() for w in words]
    inside = [c and not _START.search(text, max(0, w.start - 4), w.start) for c, w in zip(capital, words, strict=True)]
    known = {w.norm for w, c in zip(words, inside, strict=True) if c}
    last = -1
    for index, word in enumerate(words):
        if capital[index] and word.norm in known and text[word.start].isalpha():
            flags[index] |= NAME
            between = range(last + 1, index)
            if last >= 0 and len(between) <= _LINKED and all(words[n].norm in _LINKS for n in between):
                for n in between:
                    flags[n] |= NAME
            last = index


def _mark_openings(flags: bytearray, text: str, words: Sequence[Token]) -> None:
    """Set OPENS on every word between which and the one before it a sentence or a line ends."""
    end = 0
    for index, word in enumerate(words):
        if not index or (word.start > end + 1 and _ENDS.search(text, end, word.start)) or text[end] == "\n":
            flags[index] |= OPENS
        end = word.end


def _sessions(
    report: Report, title: Sequence[Token], words: Sequence[Token], claims: Sequence[Claim]
) -> list[SessionKey]:
    """Sessions named in the title (place -1) and the text, and those that only `annotate` found, by their claims."""
    found = [msgspec.structs.replace(k, place=-1) for k in numbered(report.head.title or "", title)]
    found += numbered(report.text, words)
    known = {k.number for k in found}
    status = {c.subject: c.value for c in claims if c.field == "status"}
    for claim in claims:
        if claim.field == "number" and claim.value.isdigit() and int(claim.value) not in known:
            shift = 0 if status.get(claim.subject, "happened") in {"happened", "ongoing"} else -1
            found.append(SessionKey(int(claim.value), shift, (), len(words)))
    return found


def _claimed_days(claims: Sequence[Claim]) -> set[str]:
    dates = [c for c in claims if c.field == "date" and mention_key(c.subject).letter == "e"]
    return {c.value for c in dates if "/" not in c.value}
