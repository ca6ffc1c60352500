"""Who speaks through a document: "the statement read" is said by whoever the report says the statement is from."""

import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from communique.annotate.entities import Entities
from communique.annotate.nlp import Parse
from communique.annotate.quotation_cues import cues
from communique.annotate.quotation_found import Found
from communique.annotate.speakers import SAYERS, Speaker
from communique.model.mentions import EntityMention


def resolve(parse: Parse, entities: Entities, found: Sequence[Found]) -> Iterator[Found]:
    """Quotations in order, with documents given to those whom they are from, and what stands beside each.

    A document is its issuer's where its own words name one ("the ministry's statement"); else it is the one's who
    spoke last in the paragraph, if the sentence there names the same document.
    """
    starts = [p.start for p in parse.pieces]
    beside: dict[tuple[int, int] | None, list[tuple[int, int]]] = defaultdict(list)
    for one in found:
        beside[one.clause].append((one.start, one.end))
    before: Found | None = None
    for one in found:
        here = one
        noun = _document(parse.report.text, one.speaker)
        if noun is not None and one.speaker is not None:
            near = before if before and _piece(starts, before) == _piece(starts, one) else None
            named = _issuer(one.speaker, entities) or _author(parse.report.text, noun, near)
            here = msgspec.structs.replace(one, speaker=msgspec.structs.replace(one.speaker, mention=named))
        if here.speaker is not None and here.speaker.mention is not None:
            before = here
        yield msgspec.structs.replace(here, beside=tuple(sorted(set(beside[one.clause]))))


def _piece(starts: Sequence[int], one: Found) -> int:
    return bisect.bisect_right(starts, one.start)


def _document(text: str, who: Speaker | None) -> str | None:
    """The noun of a speaker that is a document."""
    if who is None or who.mention is not None:
        return None
    nouns = [w for w in text[who.start : who.end].casefold().split() if w in cues().documents]
    return nouns[0] if nouns else None


def _issuer(who: Speaker, entities: Entities) -> EntityMention | None:
    mention = entities.at(who.start, who.end)
    return mention if mention is not None and mention.kind in SAYERS else None


def _author(text: str, noun: str, before: Found | None) -> EntityMention | None:
    if before is None or before.speaker is None or before.clause is None:
        return None
    return before.speaker.mention if noun in text[slice(*before.clause)].casefold() else None
