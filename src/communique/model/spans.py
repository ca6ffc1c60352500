"""Evidence: a place in a report and the text that stands there."""

from collections.abc import Iterable, Iterator

import msgspec

from communique.errors import SpanError


class Span(msgspec.Struct, frozen=True, order=True):
    """A place in one report's text, with the text found there.

    `start` and `end` count Unicode code points, end exclusive. A span is never empty, and its text is as long
    as the place it names; `check` compares it with the report itself.
    """

    report: str
    """Id of the report."""
    start: int
    """First code point."""
    end: int
    """Code point after the last."""
    text: str
    """What stands there."""

    def __post_init__(self) -> None:
        """Refuse a span that cannot be true of any report."""
        if not 0 <= self.start < self.end:
            message = f"span {self.start}-{self.end} of report {self.report} is empty or inverted"
            raise SpanError(message)
        if len(self.text) != self.end - self.start:
            message = f"span {self.start}-{self.end} of report {self.report} does not fit its text of {len(self.text)}"
            raise SpanError(message)

    @classmethod
    def cut(cls, report: str, text: str, start: int, end: int) -> "Span":
        """The span of a report's `text` from `start` to `end`.

        Raises:
            SpanError: the place is empty or lies outside the text.
        """
        if not 0 <= start < end <= len(text):
            message = f"span {start}-{end} lies outside report {report} of {len(text)} characters"
            raise SpanError(message)
        return cls(report, start, end, text[start:end])

    def holds(self, text: str) -> bool:
        """Whether a report's `text` says at this place what the span claims."""
        return self.end <= len(text) and text[self.start : self.end] == self.text

    def check(self, text: str) -> None:
        """Refuse a span that a report's `text` does not bear out.

        Raises:
            SpanError: another text, or none, stands at the place.
        """
        if not self.holds(text):
            message = f"report {self.report} does not say {self.text[:40]!r} at {self.start}-{self.end}"
            raise SpanError(message)

    def overlap(self, other: "Span") -> int:
        """Number of code points that two spans share; 0 for spans of different reports."""
        if self.report != other.report:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def covers(self, other: "Span") -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.report == other.report and self.start <= other.start and other.end <= self.end


def in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans without repetition, by report, start and end."""
    return tuple(sorted(set(spans)))


def spans_of(value: object) -> Iterator[Span]:
    """Every span inside a fact, or inside anything made of structs and tuples, in its order."""
    left = [value]
    while left:
        part = left.pop()
        if isinstance(part, Span):
            yield part
        elif isinstance(part, tuple):
            left += part[::-1]
        elif isinstance(part, msgspec.Struct):
            left += msgspec.structs.astuple(part)[::-1]
