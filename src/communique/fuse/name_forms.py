"""Forms of one name: two reports spell the name of one holder of an office otherwise."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec
from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

from communique.fuse.actors import Cast, mention_span
from communique.fuse.dossiers import Dossier, Dossiers
from communique.fuse.keys import fold
from communique.fuse.origins import Origins
from communique.model.record import Disagreement, Value
from communique.model.spans import Span, in_order
from communique.model.words import ActorKind, DisagreementKind
from communique.text.names import PARTICLES

#: Endings and marks that are no part of a spelling.
_MARKS = re.compile(r"[’'‘`]s?\Z|[’'‘`.,]")
#: Letters of a word that may be spelled otherwise, and how many of them may differ.
_LEAST, _SLIPS = 4, 2
_PARTS = 2


class _Form(msgspec.Struct):
    """One spelling of a name: its words in lower case, where it stands, and the words of the offices beside it."""

    key: tuple[str, ...]
    spans: list[Span] = []

    @property
    def reports(self) -> frozenset[str]:
        """The reports that print it."""
        return frozenset(s.report for s in self.spans)

    @property
    def text(self) -> str:
        """The spelling as printed first."""
        return _bare(min(self.spans, key=lambda s: (s.report, s.start)).text)


def name_forms(dossiers: Dossiers, cast: Cast, origins: Origins) -> Iterator[Disagreement]:
    """For each person with an office, the spellings of the full name in one story that cannot both be right.

    A title with a surname, an initial, a short form of a given name, marks on letters and capitals are no spellings
    of their own; nor are two spellings that one report alone prints.
    """
    named: dict[str, dict[tuple[str, ...], _Form]] = {}
    held: dict[tuple[str, str], list[frozenset[str]]] = {}
    for dossier in dossiers.of("n"):
        actor = cast.resolve.get(dossier.subject)
        if actor is None or cast.kind(actor) is not ActorKind.PERSON or actor in cast.unnamed:
            continue
        offices = held.setdefault((actor, dossier.report), [])
        offices += [frozenset(fold(c.value).split()) for c in dossier.all("office")]
        if form := _form(dossier):
            named.setdefault(actor, {}).setdefault(form.key, form).spans.append(mention_span(dossier))
    for actor, forms in sorted(named.items()):
        ranked = sorted(forms.values(), key=lambda f: (-origins.count(f.reports), f.key))
        for one, other in itertools.combinations(ranked, 2):
            if _differ(one, other) and _one_office(one, other, actor, held) and _one_story(one, other, origins):
                yield _told(actor, one, other, origins)
                break


def _form(dossier: Dossier) -> _Form | None:
    """The spelling that a mention prints, where it is a full name; none in capitals or with marks on its letters."""
    if dossier.value("form") != "name":
        return None
    text = mention_span(dossier).text
    words = [_bare(w) for w in text.split()]
    shouted = any(w.isupper() and len(w) > 1 for w in words)
    if len(words) < _PARTS or shouted or not "".join(words).isascii():
        return None
    return _Form(tuple(anyascii(w).casefold() for w in words))


def _bare(text: str) -> str:
    return _MARKS.sub("", text)


def _differ(one: _Form, other: _Form) -> bool:
    """Whether two full names are spellings of one, word by word, and not one report alone prints both."""
    if len(one.key) != len(other.key) or len(one.reports | other.reports) == 1:
        return False
    pairs = [(a, b) for a, b in zip(one.key, other.key, strict=True) if a != b]
    return bool(pairs) and all(_spelling(a, b) for a, b in pairs)


def _spelling(one: str, other: str) -> bool:
    """Whether two words are one name spelled otherwise: they begin alike and hardly differ."""
    if min(len(one), len(other)) < _LEAST or one[0] != other[0] or {one, other} & PARTICLES:
        return False
    return Levenshtein.distance(one, other) <= min(_SLIPS, len(one) // _LEAST + 1)


def _one_office(one: _Form, other: _Form, actor: str, held: Mapping[tuple[str, str], Sequence[frozenset[str]]]) -> bool:
    """Whether both are printed with one office: the words of one lie in the other."""
    mine, theirs = ([o for r in sorted(f.reports) for o in held.get((actor, r), ())] for f in (one, other))
    return any(a and b and (a <= b or b <= a) for a in mine for b in theirs)


def _one_story(one: _Form, other: _Form, origins: Origins) -> bool:
    mine, theirs = ({origins.story(r) for r in f.reports} for f in (one, other))
    return bool(mine & theirs)


def _told(actor: str, one: _Form, other: _Form, origins: Origins) -> Disagreement:
    more = origins.count(one.reports) > origins.count(other.reports)
    values = [_value(f) for f in sorted((one, other), key=lambda f: f.text)]
    return Disagreement(
        id=f"{actor}-name",
        kind=DisagreementKind.NAME,
        about=(actor,),
        values=tuple(values),
        preferred=one.text if more else None,
        reason=f"One person's name is spelled {values[0].value} and {values[1].value}.",
    )


def _value(form: _Form) -> Value:
    return Value(value=form.text, reports=tuple(sorted(form.reports)), evidence=in_order(form.spans))
