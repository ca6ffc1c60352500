"""What the words around a promise are about: its own sentence and those before it in the paragraph."""

import bisect

import msgspec

from communique.annotate.nlp import Parse
from communique.model.claims import Claim
from communique.model.mentions import CommitmentMention
from communique.model.spans import Span

#: Sentences that may say what a promise is about, its own among them, and the longest that is kept.
_SENTENCES, _LONGEST = 4, 400


class Topics:
    """The sentences of a report by place."""

    def __init__(self, parse: Parse) -> None:
        """Take the sentences of a parsed report."""
        self._report = parse.report
        self._places = [(*piece.bounds(sentence), piece.start) for piece, sentence in parse.sentences()]
        self._starts = [start for start, _, _ in self._places]

    def around(self, span: Span) -> list[Span]:
        """The sentence that holds a place and those before it in its paragraph, in the order of the text."""
        at = bisect.bisect_right(self._starts, span.start) - 1
        if at < 0:
            return []
        near = self._places[max(0, at - _SENTENCES + 1) : at + 1]
        return [
            self._report.span(start, end)
            for start, end, piece in near
            if piece == self._places[at][2] and 0 < end - start <= _LONGEST
        ]


def with_topics(parse: Parse, mentions: tuple[CommitmentMention, ...]) -> tuple[CommitmentMention, ...]:
    """The mentions, each with a claim for every sentence that may say what it is about."""
    topics = Topics(parse)
    return tuple(_with_topic(m, topics) for m in mentions)


def _with_topic(mention: CommitmentMention, topics: Topics) -> CommitmentMention:
    holder = mention.claims[0].holder
    spans = topics.around(mention.span)
    around = [Claim(mention.id, "topic", s.text, s, holder=holder, rule="paragraph") for s in spans]
    return msgspec.structs.replace(mention, claims=(*mention.claims, *around))
