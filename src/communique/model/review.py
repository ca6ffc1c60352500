"""What waits for a person: questions with their evidence side by side, and what each answer would change.

And how the rulings that were made before stand today.
"""

import enum

import msgspec

from communique.model import ids
from communique.model.decisions import Decision, Ruling
from communique.model.spans import Span


class ItemKind(enum.StrEnum):
    """Why something waits for a person, the most pressing first."""

    SECOND_LOOK = "second-look"
    DISAGREEMENT = "disagreement"
    SPEAKER = "speaker"
    MERGE = "merge"
    NAME = "name"


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of evidence: what it says, the words that say so and those around them.

    Attributes:
        says: the value, the speaker or the name that this side stands for.
        mention: id of the mention; also an address.
        fact: id of the fact that holds it now, "" where none does.
        span: the words.
        before: the words before them.
        after: the words after them.
        report: name of the report.
        outlet: newspaper or agency, "" where unknown.
        published: day of publication, "" where unknown.
    """

    says: str
    mention: str
    fact: str
    span: Span
    before: str = ""
    after: str = ""
    report: str = ""
    outlet: str = ""
    published: str = ""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One answer to an item.

    Attributes:
        key: what is typed or sent for it: one character, stable for the item.
        label: the answer in a few words.
        effect: what it would change, in one sentence.
        ruling: what is decided.
        mentions: the mentions that it is about; where `value` is a mention, that one last.
        field: for set and reject: the field.
        value: for set: the value; "" where a person has to type it (`free`).
        withdraws: for withdraw: id of the decision.
    """

    key: str
    label: str
    effect: str
    ruling: Ruling
    mentions: tuple[str, ...] = ()
    field: str = ""
    value: str = ""
    withdraws: str | None = None

    @property
    def free(self) -> bool:
        """Whether a person has to give the value."""
        return self.ruling is Ruling.SET and not self.value


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One question to a person.

    Attributes:
        id: `q` and 16 hexadecimal characters: a function of the kind and of the mentions that it is about.
        kind: why it waits.
        weight: how much it matters: items come by it, the greatest first.
        question: one sentence.
        reason: why the program cannot say, one sentence.
        section: section of the record that it is about.
        facts: ids of the facts that it is about.
        sides: the evidence, side by side.
        choices: the answers.
        unsure: whether a person has looked at it and was unsure: such items come last.
    """

    id: str
    kind: ItemKind
    weight: float
    question: str
    reason: str = ""
    section: str = ""
    facts: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()
    choices: tuple[Choice, ...] = ()
    unsure: bool = False

    @staticmethod
    def id_of(kind: ItemKind, *parts: str) -> str:
        """The id of an item of a kind about some mentions, decisions or fields."""
        return "q" + ids.digest(kind, *parts)[:16]


class Fate(enum.StrEnum):
    """What became of the words that a ruling was made on."""

    STANDS = "stands"
    MOVED = "moved"
    EDITED = "edited"
    CHANGED = "changed"
    UNREAD = "unread"
    GONE = "gone"


#: Fates under which a ruling still applies, and those after which a person should look again.
APPLIES = frozenset({Fate.STANDS, Fate.MOVED, Fate.EDITED})
SECOND_LOOK = frozenset({Fate.EDITED, Fate.CHANGED, Fate.UNREAD, Fate.GONE})


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where an anchor of a ruling is today.

    Attributes:
        given: the mention as it was ruled on.
        mention: the mention that stands for it now, None where none does.
        fate: `stands`: the same words in the same report; `moved`: the same words with the same words around them, in
            another report, version or place; `edited`: the words are there, but those around them changed, or they
            changed slightly; `changed`: other words stand there; `unread`: the words are there, but nothing is read in
            them any more; `gone`: no report has them.
        span: the words today, None where there are none.
    """

    given: str
    mention: str | None
    fate: Fate
    span: Span | None = None


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A ruling, and how it stands today.

    Attributes:
        id: the decision's id.
        decision: the ruling as stored.
        places: where its anchors are today, in their order.
        withdrawn_by: id of the decision that took it back, None where it is in force.
        facts: ids of the facts that it is about now.
    """

    id: str
    decision: Decision
    places: tuple[Place, ...] = ()
    withdrawn_by: str | None = None
    facts: tuple[str, ...] = ()

    @property
    def in_force(self) -> bool:
        """Whether it is neither a withdrawal nor withdrawn."""
        return self.decision.ruling is not Ruling.WITHDRAW and self.withdrawn_by is None

    @property
    def second_look(self) -> bool:
        """Whether it is in force, and some of its words changed or went away."""
        return self.in_force and any(p.fate in SECOND_LOOK for p in self.places)


class Loaded(msgspec.Struct, frozen=True):
    """What became of a file of rulings: `new` were appended, `known` were there already."""

    new: int = 0
    known: int = 0
