"""Reports: what was published, as it was delivered, and what is known about it without reading it."""

import enum

import msgspec

from communique.model.spans import Span

#: Key in `Head.extra` for a publication day with two readings, the one with the day first standing first:
#: `either:2014-12-06|2014-06-12`. Settled in `fuse`.
PUBLISHED_OPEN = "published_open"


class FurnitureKind(enum.StrEnum):
    """Parts of a report that are not its newsroom's narration. They are marked, never cut."""

    INTERFACE = "interface"
    STAMP = "stamp"
    PUBLISHED = "published"
    UPDATED = "updated"
    BYLINE = "byline"
    DATELINE = "dateline"
    CAPTION = "caption"
    HEADLINE = "headline"
    HEADING = "heading"
    WIDGET = "widget"
    TAG = "tag"
    PROMOTION = "promotion"
    DISCLAIMER = "disclaimer"
    RELATED = "related"
    BLANK = "blank"
    LEARNT = "learnt"


#: Furniture that states facts all the same: it may be evidence, but is parsed apart from the running text.
TELLING = frozenset({FurnitureKind.HEADLINE, FurnitureKind.DATELINE, FurnitureKind.PUBLISHED, FurnitureKind.UPDATED})


class Furniture(msgspec.Struct, frozen=True, order=True):
    """One marked part of a report's text; offsets in code points, end exclusive."""

    start: int
    """First code point."""
    end: int
    """Code point after the last."""
    kind: FurnitureKind
    """What it is."""


class PublishedFrom(enum.StrEnum):
    """Where a report's publication time was learnt, the most trusted first."""

    GIVEN = "given"
    TEXT = "text"
    COLLECTOR = "collector"


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about a report but its text: what the rooms after `annotate` may see of it.

    `published` and `updated` are ISO 8601, with the time and offset where the report states them. `published_from`
    is `collector` where only a collector's stamp dates the report: such a date attests no event.
    """

    id: str
    """Its address: a hash of content, outlet, URL and given id."""
    name: str
    """Last part of the file's name, or the given id of a line."""
    sha256: str
    """SHA-256 of the raw bytes; of a JSON line, of its text in UTF-8."""
    chars: int
    """Code points of its text."""
    language: str | None = None
    """Language code."""
    outlet: str | None = None
    """Newspaper or agency."""
    url: str | None = None
    """Where it was published."""
    given_id: str | None = None
    """The id that its collection gives it."""
    title: str | None = None
    """Its title."""
    published: str | None = None
    """When it was published, ISO 8601."""
    published_from: PublishedFrom | None = None
    """Where that was learnt."""
    published_evidence: Span | None = None
    """The words that say so."""
    updated: str | None = None
    """When it was last changed, as it says."""
    supersedes: str | None = None
    """Id of the version before it."""
    furniture: tuple[Furniture, ...] = ()
    """Parts that are not its newsroom's narration."""
    extra: dict[str, str] = {}
    """What else its delivery says."""

    @property
    def published_day(self) -> str | None:
        """Day of publication as `YYYY-MM-DD`, in the time zone that the report states."""
        return self.published[:10] if self.published else None


class Report(msgspec.Struct, frozen=True):
    """One published text, immutable. Offsets are code points into `text`."""

    head: Head
    text: str

    @property
    def id(self) -> str:
        """The report's id."""
        return self.head.id

    def span(self, start: int, end: int) -> Span:
        """The span of this report from `start` to `end`.

        Raises:
            SpanError: the place is empty or lies outside the text.
        """
        return Span.cut(self.head.id, self.text, start, end)


def merged(one: Head, other: Head) -> Head:
    """One head for a report that arrived twice; the same whichever came first.

    The name is the smallest, a given publication time outranks one read from the text, and that a collector's stamp.

    Raises:
        ValueError: the heads are of different reports.
    """
    if one.id != other.id:
        message = f"{one.id} and {other.id} are different reports"
        raise ValueError(message)
    ranked = sorted((one, other), key=_trust)
    best = ranked[0]
    return msgspec.structs.replace(
        best,
        name=min(one.name, other.name),
        title=_smallest(one.title, other.title),
        language=_smallest(one.language, other.language),
        supersedes=_smallest(one.supersedes, other.supersedes),
        extra=dict(sorted({**ranked[1].extra, **best.extra}.items())),
    )


def _trust(head: Head) -> tuple[int, str, str, bytes]:
    order = [*PublishedFrom, None]
    return order.index(head.published_from), head.published or "", head.name, msgspec.json.encode(head)


def _smallest(*values: str | None) -> str | None:
    return min((v for v in values if v is not None), default=None)
