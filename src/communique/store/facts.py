"""A record taken apart into rows, and put together again with the same bytes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec

from communique.model import ids
from communique.model.further import LETTER
from communique.model.record import FURTHER, TYPES, Record
from communique.model.spans import Span, spans_of

#: Section -> letter of the mention ids that its facts hold.
LETTERS: Final = {"actors": "n", "events": "e", "statements": "q", "commitments": "c", **dict.fromkeys(FURTHER, LETTER)}
#: Fields whose words a search finds a fact by.
_FOUND_BY: Final = frozenset({"title", "name", "text", "what", "role", "value", "rotation", "reason"})


class Fact(msgspec.Struct, frozen=True):
    """One fact of the record as a row: where it stands, its address, its JSON and the hash of that."""

    section: str
    id: str
    body: str
    sha256: str
    fact: msgspec.Struct


#: Sections whose facts have no id, and what their addresses begin with.
_NAMELESS = {"reuse": "rx", "paraphrases": "wx", "problems": "px"}


def facts_of(made: Record) -> Iterator[Fact]:
    """Every fact of a record, in the record's order."""
    for section in TYPES:
        for fact in getattr(made, section):
            body = msgspec.json.encode(fact)
            sha256 = ids.sha256_hex(body)
            yield Fact(section, _address(section, fact, sha256), body.decode(), sha256, fact)


def _address(section: str, fact: msgspec.Struct, sha256: str) -> str:
    """The fact's id; an item goes by its actor, and what has neither by its content."""
    if section in _NAMELESS:
        return _NAMELESS[section] + sha256[:16]
    return str(getattr(fact, "actor" if section == "items" else "id"))


def words_of(fact: Fact) -> str:
    """What a search finds a fact by, one piece a line; reports are found by their text instead."""
    return "" if fact.section in {"reports", "problems"} else "\n".join(dict.fromkeys(_words(fact.fact)))


def _words(part: object) -> Iterator[str]:
    if isinstance(part, tuple):
        for one in part:
            yield from _words(one)
    elif isinstance(part, msgspec.Struct) and not isinstance(part, Span):
        for name in part.__struct_fields__:
            value = getattr(part, name)
            if isinstance(value, str):
                if name in _FOUND_BY:
                    yield str(value)
            else:
                yield from _words(value)


def evidence_rows(fact: Fact) -> list[dict[str, object]]:
    """One row for each different place that a fact rests on."""
    return [
        {
            "section": fact.section,
            "fact": fact.id,
            "report": span.report,
            "start": span.start,
            "end": span.end,
            "sha256": ids.sha256_hex(span.text.encode()),
        }
        for span in sorted(set(spans_of(fact.fact)))
    ]


def mention_rows(facts: Iterable[Fact], given: Mapping[str, str]) -> list[dict[str, object]]:
    """One row for each mention id that is an address.

    Args:
        facts: all facts of the record.
        given: mention id -> fact id, as `fuse` knows it; it outranks what the evidence of a fact suggests.
    """
    known: dict[str, tuple[str, str]] = {}
    holders: dict[str, str] = {}
    for fact in facts:
        letter = LETTERS.get(fact.section)
        if letter is None:
            continue
        holders.setdefault(fact.id, fact.section)
        for span in spans_of(fact.fact):
            known.setdefault(ids.mention_id(span.report, letter, span.start, span.end), (fact.section, fact.id))
    known |= {mention: (holders[fact], fact) for mention, fact in given.items() if fact in holders}
    return [{"mention": m, "section": s, "fact": f} for m, (s, f) in sorted(known.items())]


def joined(form: str, build: str, bodies: Mapping[str, list[str]]) -> bytes:
    """The record's bytes from its parts, the same that `Record.encode` gives.

    Args:
        form: the record's format.
        build: JSON of the build.
        bodies: JSON of the facts by section.
    """
    parts = [f'"format":{msgspec.json.encode(form).decode()}', f'"build":{build}']
    parts += [f'"{section}":[{",".join(bodies.get(section, ()))}]' for section in TYPES]
    return ("{" + ",".join(parts) + "}\n").encode()
