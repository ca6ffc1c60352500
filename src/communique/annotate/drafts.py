"""Mentions in the making: what the finders hand to one another until ids and claims are given."""

import msgspec

from communique.annotate.words import Stretch
from communique.model.mentions import Form
from communique.model.words import ActorKind


class Note(msgspec.Struct, frozen=True):
    """A claim in the making: field, value, the place that states it, the rule that read it, and the qualifier."""

    field: str
    value: str
    start: int
    end: int
    rule: str
    qualifier: str = ""


class Draft(msgspec.Struct, kw_only=True):
    """A mention in the making.

    `first` and `last` are indices of its words in its stretch, the last one excluded. `entity` is the key of its
    entity in the report, "" while unknown; `members` are those of a group. `key` gathers mentions of one entity of a
    kind ("" keeps the mention apart). `office` and `country` serve the resolving of office mentions; `head` is the
    head word of a body's name. `reach` takes in the titles and offices around a person's name.
    """

    start: int
    end: int
    kind: ActorKind
    form: Form
    name: str
    stretch: Stretch
    first: int
    last: int
    key: str = ""
    short: str = ""
    office: str = ""
    country: str = ""
    gender: str = ""
    head: str = ""
    entity: str = ""
    members: tuple[str, ...] = ()
    notes: list[Note] = []
    reach: tuple[int, int] = (0, 0)

    @property
    def place(self) -> tuple[int, int]:
        """Number of its piece, and of its sentence in the piece."""
        return self.stretch.number, self.stretch.sentence[self.first]

    @property
    def quoted(self) -> bool:
        """Whether it stands inside quotation marks."""
        return self.stretch.quoted[self.first]


def draft(stretch: Stretch, first: int, last: int, kind: ActorKind, name: str = "", form: Form = Form.NAME) -> Draft:
    """A mention of the words from `first` up to, not including, `last`; named by its own words unless told."""
    start, end = stretch.words[first].start, stretch.words[last - 1].end
    words = written(stretch, first, last)
    return Draft(
        start=start, end=end, kind=kind, form=form, name=name or words, stretch=stretch, first=first, last=last
    )


def written(stretch: Stretch, first: int, last: int) -> str:
    """The text from a word up to, not including, another."""
    base = stretch.piece.start
    return stretch.text[stretch.words[first].start - base : stretch.words[last - 1].end - base]


def note(stretch: Stretch, first: int, last: int, field: str, value: str, rule: str) -> Note:
    """A claim in the making that rests on the words from `first` up to, not including, `last`."""
    return Note(field, value, stretch.words[first].start, stretch.words[last - 1].end, rule)
