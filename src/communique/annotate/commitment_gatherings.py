"""When a visitor is to come who comes for a gathering: the day that the report gives of it elsewhere."""

import bisect
from collections.abc import Iterator, Mapping

from communique.annotate.commitment_topics import Topics
from communique.annotate.entities import Entities
from communique.annotate.nlp import Parse
from communique.model.mentions import EntityMention, TimeExpression
from communique.model.spans import Span
from communique.model.words import ActorKind

#: Words between a gathering and its day: "the G20 in November".
_BETWEEN = frozenset({"in", "on", ","})
_LONGEST = 6


class Gatherings:
    """The forums named in a report, and the times told right after their names."""

    def __init__(self, parse: Parse, entities: Entities, times: tuple[TimeExpression, ...]) -> None:
        """Look for a time behind every name of a forum."""
        self._topics = Topics(parse)
        self._forums = [m for m in entities.mentions if m.kind is ActorKind.FORUM]
        self._starts = [m.span.start for m in self._forums]
        self._when = _days(parse.report.text, self._forums, times)

    def due(self, place: Span) -> list[TimeExpression]:
        """The only time told of the forums that a visit's sentence says it is for; none, where they are several."""
        own = self._topics.around(place)[-1:]
        found = [t for sentence in own for m in self._named(sentence, place) for t in self._when.get(m.name, ())]
        days = {t.date.value if t.date else t.date_open for t in found}
        return found[:1] if len(days) == 1 else []

    def _named(self, sentence: Span, place: Span) -> Iterator[EntityMention]:
        """The forums that a sentence names in a visit or after it."""
        first = bisect.bisect_left(self._starts, place.start)
        yield from self._forums[first : bisect.bisect_left(self._starts, sentence.end)]


def _days(
    text: str, forums: list[EntityMention], times: tuple[TimeExpression, ...]
) -> Mapping[str, list[TimeExpression]]:
    """Name of a forum -> the times right after it; none of them in the past by its own words."""
    ahead = sorted((t for t in times if t.date is not None or t.date_open is not None), key=lambda t: t.span.start)
    starts = [t.span.start for t in ahead]
    out: dict[str, list[TimeExpression]] = {}
    for forum in forums:
        at = bisect.bisect_left(starts, forum.span.end)
        if at < len(ahead) and starts[at] - forum.span.end <= _LONGEST:
            between = text[forum.span.end : starts[at]].split()
            if all(word in _BETWEEN for word in between) and not (ahead[at].date_open or "").endswith(":past"):
                out.setdefault(forum.name, []).append(ahead[at])
    return out
