"""Statements: what a person said once, however many reports print it.

Wordings join in three steps, none of which depends on the order of the reports. Direct speech joins direct speech by
containment, whoever it is given to (two speakers of the same words are a conflict to be shown, not two statements).
Indirect speech joins its one best match by the same speaker. Then the sentences of one utterance join, except where
reports attest each side without the other: what one report prints as one quotation and another as two stays two.
"""

import datetime as dt
import functools
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from communique.fuse.confidence import of_statement
from communique.fuse.dossiers import Dossiers
from communique.fuse.groups import Groups
from communique.fuse.origins import Origins
from communique.fuse.utterances import Said, said
from communique.fuse.wordings import Likeness, Weights, pairs
from communique.model import ids
from communique.model.record import Statement, Wording
from communique.model.spans import Span
from communique.text.tokens import tokens

#: Thresholds, swept on the five seed reports and the five development clusters.
_DIRECT_SHARE = 0.8
_DIRECT_WORDS = 3
_EQUAL = 0.95
_ANYBODY_SHARE = 0.85
_ANYBODY_WORDS = 5
#: Own words that share this many words and this much, in order, on one occasion: one speech taken down twice.
_LONG_WORDS = 8
_LONG_SHARE = 0.65
#: Words of a sentence that another tells apart from a formula, where all but one are the same.
_EVERY_WORD = 10
_INDIRECT_SHARE = 0.45
_INDIRECT_WORDS = 3
_QUOTED_SHARE = 0.8
_QUOTED_WORDS = 2
_TOLD_SHARE = 0.5
_WITHIN_SHARE = 0.75
#: Paraphrases that share this many words, names among them, and this much: meetings with all their names and places.
_MANY_WORDS = 8
_MANY_PLAIN = 2
_MANY_SHARE = 0.43
_MANY_WITHIN = 0.65
#: Wordings with hardly a word in common: rare words shared, and their share.
_RARE_WORDS = 3
_RARE_SHARE = 0.3
#: Share of wordings of which one is direct that have a rare phrase in common, or two plain words, one of them rare.
_PHRASE_SHARE = 0.3
_PAIR_SHARE = 0.42
#: What a rare phrase in common is worth beside the share when the best match is chosen.
_PHRASE_WORTH = 0.2
_PAIR_WORDS = 2
#: Stances of those who want something done: what they ask for is not what they state in the same words.
_REQUESTS = frozenset({"ask", "urge", "invite"})
#: How far from what was just told a sentence may be that resumes it, in code points, and how it begins.
_NEAR = 120
_RESUMES = re.compile(r"(?:that )?(?:these|those|such) \w+", re.IGNORECASE)
#: Days between two reports beyond which paraphrases are not held to be of one occasion.
_OCCASION = 10
#: Words of a sentence that may be quoted again on another occasion.
_FORMULA = 8


def statements(dossiers: Dossiers, resolve: Mapping[str, str], origins: Origins) -> tuple[Statement, ...]:
    """The statements of all reports, by id.

    Args:
        dossiers: the claims by mention.
        resolve: entity mention id -> actor id; a mention that is not in it is nobody known.
        origins: which reports share a newsroom text.
    """
    found = tuple(said(dossiers, resolve))
    groups = _Joining(found, dossiers, origins).groups()
    by_id = {s.id: s for s in found}
    persons = _persons(dossiers, resolve)
    out = [_statement([by_id[m] for m in members], origins, persons) for members in groups]
    return tuple(sorted(out, key=lambda s: ids.mention_key(s.id)))


def speakers(statement: Statement) -> tuple[str, ...]:
    """The actors to whom its wordings give a statement, sorted; two are a conflict of attribution."""
    return tuple(sorted({w.speaker for w in statement.quotations if w.speaker is not None}))


def _persons(dossiers: Dossiers, resolve: Mapping[str, str]) -> frozenset[str]:
    """The actors that some report names as a person."""
    named = (d for d in dossiers.of("n") if d.value("kind") == "person" and d.value("form") == "name")
    return frozenset(resolve[d.subject] for d in named if d.subject in resolve)


class _Joining:
    """Joins wordings to statements."""

    def __init__(self, found: Sequence[Said], dossiers: Dossiers, origins: Origins) -> None:
        self._found = found
        self._dossiers = dossiers
        self._origins = origins
        self._weights = Weights([s.words for s in found])
        self._groups = Groups(s.id for s in found)

    def groups(self) -> Groups:
        """The partition of the quotations' mention ids."""
        self._groups.rule(self._dossiers.rulings())
        edges = list(self._edges())
        for score, one, other in edges:
            if one.direct and other.direct:
                self._groups.join(one.id, other.id, "same words", f"{score:.2f}")
        self._printed_alike(edges)
        for one, other, score in self._best(edges):
            self._groups.join(one.id, other.id, "paraphrase", f"{score:.2f}")
        for one, other in (*_resuming(self._found), *self._illustrated()):
            self._groups.join(one.id, other.id, "goes on")
        for one, other in self._neighbours(edges):
            self._groups.join(one.id, other.id, "same utterance")
        return self._groups

    def _edges(self) -> Iterator[tuple[float, Said, Said]]:
        """Pairs that may be one statement, with their likeness."""
        for a, b in pairs([s.words for s in self._found], self._weights):
            one, other = self._found[a], self._found[b]
            like = self._weights.likeness(one.words, other.words)
            if self._same(one, other, like):
                yield round(like.share, 6), one, other

    def _same(self, one: Said, other: Said, like: Likeness) -> bool:
        strangers = one.speaker is not None and other.speaker is not None and one.speaker != other.speaker
        if one.direct and other.direct:
            return self._same_words(one, other, like, strangers=strangers)
        if one.repeat or other.repeat:  # a copy cut short goes where the words that it repeats go
            return False
        if strangers:
            return like.share >= _ANYBODY_SHARE and like.plain >= _ANYBODY_WORDS and self._one_occasion(one, other)
        close = like.share >= _QUOTED_SHARE and like.words >= _QUOTED_WORDS and (like.plain or like.both >= _EQUAL)
        alike = (one.stance in _REQUESTS) == (other.stance in _REQUESTS)
        if one.direct or other.direct:
            enough = close or (like.share >= _INDIRECT_SHARE and like.plain >= _INDIRECT_WORDS)
            enough = enough or (alike and _paraphrased(like))
        else:
            least = _WITHIN_SHARE if one.report == other.report else _TOLD_SHARE
            enough = close and like.both >= least
            enough = enough or (alike and like.share >= least and like.plain >= _INDIRECT_WORDS)
        told = enough or (alike and _told_otherwise(one, other, like))
        return bool(told) and self._one_occasion(one, other)

    def _same_words(self, one: Said, other: Said, like: Likeness, *, strangers: bool) -> bool:
        if one.utterance is not None and one.utterance == other.utterance:
            return False
        least = _ANYBODY_SHARE if strangers else _DIRECT_SHARE
        enough = like.plain >= (_ANYBODY_WORDS if strangers else _DIRECT_WORDS) or like.both >= _EQUAL
        enough = enough or (one.report == other.report and (one.repeat or other.repeat))
        long = like.verbatim or (like.ordered >= _LONG_SHARE and like.plain >= _LONG_WORDS)
        if long and not (strangers and one.report == other.report) and self._one_occasion(one, other):
            return True
        if not strangers and _but_one(one, other) and self._one_occasion(one, other):
            return True
        return like.ordered >= least and enough and (like.words >= _FORMULA or self._one_occasion(one, other))

    def _one_occasion(self, one: Said, other: Said) -> bool:
        """Whether two reports may tell of the same day's words: the same story, or published within days."""
        if one.report == other.report or self._origins.story(one.report) == self._origins.story(other.report):
            return True
        days = [h.published_day if (h := self._dossiers.heads.get(s.report)) else None for s in (one, other)]
        if days[0] is None or days[1] is None:
            return False
        return abs((dt.date.fromisoformat(days[0]) - dt.date.fromisoformat(days[1])).days) <= _OCCASION

    def _printed_alike(self, edges: Sequence[tuple[float, Said, Said]]) -> None:
        """Join indirect wordings that are the same but for a word or two: what one belongs to, so does the other."""
        for score, one, other in edges:
            if not (one.direct or other.direct) and self._weights.likeness(one.words, other.words).both >= _EQUAL:
                self._groups.join(one.id, other.id, "same wording", f"{score:.2f}")

    def _best(self, edges: Iterable[tuple[float, Said, Said]]) -> list[tuple[Said, Said, float]]:
        """For every indirect wording its one best match: direct speech before indirect, the likest, the smallest id.

        Wordings that are printed alike have one match together.
        """
        found: dict[str, tuple[tuple[object, ...], Said, Said, float]] = {}
        for score, a, b in edges:
            for one, other in ((a, b), (b, a)):
                root = self._groups.root(one.id)
                if one.direct or root == self._groups.root(other.id):
                    continue
                phrase = _PHRASE_WORTH if self._weights.likeness(one.words, other.words).phrases else 0
                rank = (-score - phrase, not other.direct, ids.mention_key(other.id), ids.mention_key(one.id))
                if root not in found or rank < found[root][0]:
                    found[root] = (rank, one, other, score)
        return [(one, other, score) for _, one, other, score in (found[key] for key in sorted(found))]

    def _illustrated(self) -> Iterator[tuple[Said, Said]]:
        """What is told and at once shown in own words: 'Kos stressed the strength of X. "X is strong," she said'."""
        for one, other in itertools.pairwise(self._found):
            near = one.report == other.report and 0 < other.content.start - one.content.end <= _NEAR
            if not near or one.direct or not other.direct or one.speaker != other.speaker or one.stance in _REQUESTS:
                continue
            like = self._weights.likeness(one.words, other.words)
            if like.runs and like.plain >= _PAIR_WORDS:
                yield one, other

    def _neighbours(self, edges: Sequence[tuple[float, Said, Said]]) -> list[tuple[Said, Said]]:
        """Sentences that follow one another in an utterance and belong to one statement."""
        follow = list(_following(self._found))
        places: dict[str, set[object]] = defaultdict(set)
        plain: dict[str, set[object]] = defaultdict(set)
        for one in self._found:
            if one.repeat:
                continue
            root = self._groups.root(one.id)
            place = one.utterance or one.id
            places[root].add(place)
            if one.direct:
                plain[root].add(place)
        for _, one, other in edges:
            if one.direct != other.direct:
                told, spoken = (other, one) if one.direct else (one, other)
                places[self._groups.root(spoken.id)].add(told.id)
        return [(a, b) for a, b in follow if not self._parted(a, b, places, plain)]

    def _parted(
        self, one: Said, other: Said, places: Mapping[str, set[object]], plain: Mapping[str, set[object]]
    ) -> bool:
        """Whether each of two neighbours is attested without the other, at least one of them in its own words."""
        a, b = self._groups.root(one.id), self._groups.root(other.id)
        only_a, only_b = places[a] - places[b], places[b] - places[a]
        return bool(only_a and only_b and (only_a & plain[a] or only_b & plain[b]))


def _but_one(one: Said, other: Said) -> bool:
    """Whether two sentences in own words are equal, word for word, but for one."""
    mine, theirs = (_norms(s.content.text) for s in (one, other))
    if len(mine) != len(theirs) or len(mine) < _EVERY_WORD:
        return False
    return sum(a != b for a, b in zip(mine, theirs, strict=True)) == 1


@functools.lru_cache(1 << 12)
def _norms(text: str) -> tuple[str, ...]:
    return tuple(t.norm for t in tokens(text))


def _paraphrased(like: Likeness) -> bool:
    """Whether own words and words that tell of them share what hardly anybody else says."""
    if like.phrases and like.share >= _PHRASE_SHARE:
        return True
    return like.rare > 0 and like.plain >= _PAIR_WORDS and like.share >= _PAIR_SHARE


def _told_otherwise(one: Said, other: Said, like: Likeness) -> bool:
    """Whether two wordings of one speaker share little, but what nobody else says: many words, or rare ones."""
    if one.direct != other.direct and like.rare >= _RARE_WORDS and like.share >= _RARE_SHARE:
        return True
    least = _MANY_WITHIN if one.report == other.report else _MANY_SHARE
    return like.words >= _MANY_WORDS and like.plain >= _MANY_PLAIN and like.share >= least


def _resuming(found: Sequence[Said]) -> Iterator[tuple[Said, Said]]:
    """What a speaker goes on to say of the very thing just told: "... these talks have helped both sides"."""
    for one, other in itertools.pairwise(found):
        alike = one.report == other.report and one.speaker == other.speaker and not one.direct and not other.direct
        near = 0 < other.content.start - one.content.end <= _NEAR
        if alike and near and _RESUMES.match(other.content.text):
            yield one, other


def _following(found: Sequence[Said]) -> Iterator[tuple[Said, Said]]:
    last: dict[object, Said] = {}
    for one in found:
        if one.utterance is not None:
            if one.utterance in last:
                yield last[one.utterance], one
            last[one.utterance] = one


# -- one statement


def _statement(members: Sequence[Said], origins: Origins, persons: frozenset[str]) -> Statement:
    members = sorted(members, key=lambda s: ids.mention_key(s.id))
    speaker = _speaker(members, origins, persons)
    printed = _printed(members)
    count = origins.count(s.report for s in members)
    sure = of_statement(members, speaker, persons, count)
    return Statement(
        id=members[0].id,
        speaker=speaker,
        addressee=_most((s.addressee, s.report) for s in members if s.addressee != speaker),
        channel=_most((c, s.report) for s in members for c in s.channel[:1]),
        text=_text(printed),
        quotations=tuple(_wording(run[0], span) for run, spans in printed for span in spans),
        origins=count,
        confidence=sure.confidence,
        signs=sure.signs,
    )


def _speaker(members: Sequence[Said], origins: Origins, persons: frozenset[str]) -> str | None:
    """Whoever most newsroom texts name, a person counting double, and a name more than a pronoun.

    Where a person has said who it was, only that counts.
    """
    votes: dict[str, dict[str, int]] = defaultdict(dict)
    for one in [s for s in members if s.decided] or members:
        if one.speaker is not None:
            weight = (2 if one.speaker in persons else 1) * (1 if one.by_pronoun else 2)
            origin = origins.origin(one.report)
            votes[one.speaker][origin] = max(weight, votes[one.speaker].get(origin, 0))
    return min(votes, key=lambda a: (-sum(votes[a].values()), a), default=None)


def _printed(members: Sequence[Said]) -> list[tuple[list[Said], list[Span]]]:
    """The wordings of a statement with their spans; an utterance that the statement holds wholly has one span."""
    runs: dict[object, list[Said]] = {}
    for one in members:
        runs.setdefault(one.utterance or one.id, []).append(one)
    out: list[tuple[list[Said], list[Span]]] = []
    for run in runs.values():
        whole = run[0].whole
        if whole is not None and len(run) > 1 and run[-1].content.end == whole.end:
            out.append((run, [whole]))
        else:
            out.append((run, [s.content for s in run]))
    return out


def _wording(one: Said, span: Span) -> Wording:
    return Wording(mode=one.mode, speaker=one.printed, channel=one.channel, stance=one.stance, evidence=span)


def _text(printed: Sequence[tuple[list[Said], list[Span]]]) -> str:
    """The longest direct wording, else the longest indirect one; the first of equals."""
    texts = [(not run[0].direct, " ".join(" ".join(s.text.split()) for s in spans)) for run, spans in printed]
    return min(texts, key=lambda t: (t[0], -len(t[1]), t[1]))[1]


def _most(votes: Iterable[tuple[str | None, str]]) -> str | None:
    """The value that most reports give, the smallest of equals."""
    counts = Counter(value for value, _ in sorted({(v, r) for v, r in votes if v is not None}))
    return min(counts, key=lambda v: (-counts[v], v), default=None)
