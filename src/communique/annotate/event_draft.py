"""A happening as far as its sentence tells it."""

import msgspec

from communique.annotate.event_scope import Scene
from communique.annotate.event_triggers import Trigger
from communique.model.claims import Modality
from communique.model.mentions import EntityMention, TimeExpression
from communique.model.reports import FurnitureKind
from communique.model.words import ActorKind, EventType
from communique.text.ordinals import Ordinal

PLACES = (ActorKind.PLACE, ActorKind.COUNTRY)
BODIES = (ActorKind.BODY, ActorKind.FORUM, ActorKind.PROGRAMME)
#: Types of happening that are numbered, and that people are invited to.
TALKING = (EventType.SESSION, EventType.SUMMIT, EventType.MEETING, EventType.TALKS)


class Draft(msgspec.Struct):
    """A happening as far as its sentence tells it. `first` and `last` are tokens, `last` included."""

    scene: Scene
    trigger: Trigger
    type: EventType
    plover: str | None
    status: Modality | None = None
    firm: bool = False
    first: int = 0
    last: int = 0
    people: list[tuple[EntityMention, str]] = []
    others: list[tuple[EntityMention, str]] = []
    places: list[EntityMention] = []
    times: list[TimeExpression] = []
    number: Ordinal | None = None
    body: EntityMention | None = None
    items: list[EntityMention] = []
    inside: "Draft | None" = None
    margins: bool = False
    """Whether it was beside `inside`, on its margins, and no work of it."""
    dateline: EntityMention | None = None
    """The place that only the dateline gives."""
    recalled: bool = False
    """Whether `body` was named before, outside the sentence."""
    recent: tuple[int, int] | None = None
    """First and last token of "over the last few days", where that says when it was."""
    own_role: str | None = None
    """The part that whoever speaks has in it: "I met", "our talks"."""

    @property
    def headline(self) -> bool:
        """Whether it stands in a headline."""
        return self.scene.piece.kind is FurnitureKind.HEADLINE

    @property
    def taking_part(self) -> list[tuple[EntityMention, str]]:
        """Those who took part in their own right: the persons, else the bodies and countries named."""
        objects = [(m, "object") for m in self.items]
        return [*(self.people or self.others), *objects]

    def reach(self, first: int, last: int) -> None:
        """Widen the words of the happening to the tokens from `first` to `last`."""
        self.first, self.last = min(self.first, first), max(self.last, last)
