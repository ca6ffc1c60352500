"""A desk for hand-made reports: claims about invented countries, made from the words that state them."""

from collections.abc import Sequence

import pytest

from communique.fuse.actors import Cast, cast
from communique.fuse.dossiers import Dossiers, Source, gather
from communique.fuse.events import Happenings, happenings
from communique.fuse.fuse import fuse
from communique.fuse.origins import Origins
from communique.fuse.times import Times
from communique.model import ids
from communique.model.claims import Claim, Modality
from communique.model.decisions import Anchor, Decision, Ruling
from communique.model.record import Build, Record, Story
from communique.model.reports import Furniture, FurnitureKind, Head, PublishedFrom
from communique.model.spans import Span


class Page:
    """One hand-made report; every claim is anchored by the words that state it."""

    def __init__(self, number: int, text: str, published: str | None) -> None:
        """A report with a text; `number` makes its id."""
        self.id = f"r{number:016x}"
        self.text = text
        self.published = published
        self.published_from: PublishedFrom | None = PublishedFrom.TEXT if published else None
        self.published_evidence: Span | None = None
        self.furniture: list[Furniture] = []
        self.claims: list[Claim] = []

    def span(self, words: str) -> Span:
        """Where words stand first."""
        start = self.text.index(words)
        return Span.cut(self.id, self.text, start, start + len(words))

    def mention(self, letter: str, words: str) -> str:
        """The id of the mention that words are."""
        span = self.span(words)
        return ids.mention_id(self.id, letter, span.start, span.end)

    def say(self, subject: str, field: str, value: str, words: str, qualifier: str = "", **more: str) -> None:
        """Add a claim."""
        modality = Modality(more.get("modality", "stated"))
        holder = more.get("holder")
        self.claims.append(Claim(subject, field, value, self.span(words), modality, qualifier, holder, "test"))

    def entity(self, words: str, kind: str = "person", form: str = "name", of: str | None = None, **facts: str) -> str:
        """Add an entity mention; `of` is the mention that represents it."""
        mention = self.mention("n", words)
        self.say(mention, "kind", kind, words)
        self.say(mention, "form", form, words)
        self.say(mention, "name", facts.pop("name", words), words)
        self.say(mention, "entity", of or mention, words)
        for field, value in facts.items():
            self.say(mention, field, value, words)
        return mention

    def joint(self, words: str, members: Sequence[str]) -> str:
        """Add a mention that stands for several entities."""
        mention = self.mention("n", words)
        self.say(mention, "kind", "person", words)
        self.say(mention, "form", "group", words)
        for member in members:
            self.say(mention, "entity", member, words, "member")
        return mention

    def event(self, words: str, kind: str, status: str, who: Sequence[str] = (), **facts: str) -> str:
        """Add an event mention; `facts` are further fields, each at the event's own words."""
        mention = self.mention("e", words)
        self.say(mention, "type", kind, words, modality=status)
        self.say(mention, "status", status, words, modality=status)
        self.say(mention, "title_words", words, words, modality=status)
        for each in who:
            self.say(mention, "participant", each, words, "participant", modality=status)
        for field, value in facts.items():
            self.say(mention, field, value, words, modality=status)
        return mention

    def promise(self, words: str, kind: str, official: str, by: Sequence[str] = (), **facts: str) -> str:
        """Add a commitment mention."""
        mention = self.mention("c", words)
        self.say(mention, "kind", kind, words)
        self.say(mention, "official", official, words)
        self.say(mention, "what", words, words)
        for each in by:
            self.say(mention, "by", each, words)
        for field, value in facts.items():
            self.say(mention, field, value, words)
        return mention

    def time(self, words: str, date: str, clash: str | None = None) -> str:
        """Add an expression of time."""
        mention = self.mention("t", words)
        self.say(mention, "timex", date, words)
        self.say(mention, "date", date, words, "explicit")
        if clash:
            self.say(mention, "clash", clash, words)
        return mention

    def mark(self, words: str, kind: FurnitureKind) -> None:
        """Mark words as page furniture."""
        span = self.span(words)
        self.furniture.append(Furniture(span.start, span.end, kind))

    @property
    def source(self) -> Source:
        """What `fuse` sees of the report."""
        head = Head(
            id=self.id,
            name=f"{self.id}.txt",
            sha256="0" * 64,
            chars=len(self.text),
            published=self.published,
            published_from=self.published_from,
            published_evidence=self.published_evidence,
            furniture=tuple(sorted(self.furniture)),
        )
        return Source(head, tuple(self.claims))


class Desk:
    """Reports, their stories, and what each step of `fuse` makes of them."""

    def __init__(self) -> None:
        """An empty desk."""
        self.pages: list[Page] = []
        self.apart: list[set[str]] = []
        self.copies: list[set[str]] = []
        self.decisions: list[Decision] = []

    def page(self, text: str, published: str | None = "2031-05-14") -> Page:
        """Add a report."""
        page = Page(len(self.pages) + 1, text, published)
        self.pages.append(page)
        return page

    def decide(self, ruling: Ruling, *mentions: tuple[Page, str], **more: str) -> None:
        """Add a decision about mentions."""
        anchors = []
        for page, mention in mentions:
            key = ids.mention_key(mention)
            anchors.append(Anchor(mention, Span.cut(page.id, page.text, key.start, key.end)))
        self.decisions.append(Decision(ruling=ruling, anchors=tuple(anchors), **more))

    @property
    def sources(self) -> list[Source]:
        """The reports as `fuse` sees them."""
        return [p.source for p in self.pages]

    @property
    def stories(self) -> list[Story]:
        """One story of all reports, unless `apart` says otherwise; `copies` share an origin."""
        held = self.apart or [{p.id for p in self.pages}] * bool(self.pages)
        out = []
        for group in held:
            copied = [tuple(sorted(c)) for c in self.copies if c <= group]
            alone = [(r,) for r in sorted(group) if not any(r in c for c in copied)]
            origins = tuple(sorted([*copied, *alone]))
            out.append(Story(id=min(group), title="", reports=tuple(sorted(group)), origins=origins))
        return out

    @property
    def dossiers(self) -> Dossiers:
        """The claims by subject."""
        return gather(self.sources, self.decisions)

    @property
    def origins(self) -> Origins:
        """The origins."""
        return Origins(self.stories)

    @property
    def cast(self) -> Cast:
        """The actors."""
        return cast(self.dossiers, self.origins)

    @property
    def times(self) -> Times:
        """The settled times."""
        return Times(self.dossiers, self.origins)

    @property
    def happenings(self) -> Happenings:
        """The events."""
        return happenings(self.dossiers, self.cast, self.times, self.origins)

    def record(self, sources: Sequence[Source] | None = None, as_of: str | None = None) -> Record:
        """The whole record."""
        build = Build(version="0", model="none", settings="none", as_of=as_of, decisions=len(self.decisions))
        return fuse(self.sources if sources is None else sources, self.stories, (), self.decisions, build, ())


@pytest.fixture
def desk() -> Desk:
    """An empty desk."""
    return Desk()
