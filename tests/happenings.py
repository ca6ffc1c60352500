"""The happenings read in an invented report, for every test that asks for them."""

from communique.annotate import entities, events, nlp, quotations, times
from communique.model.mentions import EventMention
from communique.model.reports import Report


def read(told: Report) -> tuple[dict[str, str], tuple[EventMention, ...]]:
    """The words of each entity mention by id, and the happenings."""
    parse = nlp.parse(told)
    who = entities.read(parse)
    found = events.read(parse, who, times.read(parse), quotations.read(parse, who))
    return {m.id: m.span.text for m in who.mentions}, found
