"""The desk at which a person rules: what waits, one question by itself, an answer, and what was ruled before."""

import itertools
from collections.abc import Callable, Iterator, Sequence

import msgspec

from communique.errors import NotFoundError, UsageError
from communique.model import ids
from communique.model.decisions import Decision, Ruling, in_force
from communique.model.review import Choice, Item, ItemKind, Loaded, Standing
from communique.review import portable
from communique.review.book import Book, signature
from communique.review.disagreements import disagreements
from communique.review.doubts import merges, names, speakers
from communique.review.questions import about, pair, second_look
from communique.review.rulings import MENTIONS, anchor, beginning, decide
from communique.settings import DEFAULT_LIMITS, Limits
from communique.store.store import Store

type Asks = Callable[[Book], Iterator[Item]]

#: What a question that somebody was unsure of loses: it comes after all others.
_LATER = 10.0


def _second_looks(book: Book) -> Iterator[Item]:
    return (second_look(book, s) for s in book.standings if s.second_look)


_ASKS: tuple[Asks, ...] = (_second_looks, disagreements, speakers, merges, names)


class Desk:
    """What a person needs to rule on one database."""

    def __init__(self, store: Store, limits: Limits = DEFAULT_LIMITS) -> None:
        """A desk on an open database."""
        self._store, self._limits = store, limits
        self._queue: tuple[str | None, tuple[Item, ...]] = (None, ())

    def queue(self, kind: str | None = None, limit: int | None = None) -> tuple[Item, ...]:
        """What waits for a person, the most pressing first; what was ruled on is left out.

        Args:
            kind: only questions of this kind, a word of `ItemKind`.
            limit: at most so many.

        Raises:
            NotFoundError: nothing was built yet.
            UsageError: there is no such kind.
        """
        if kind is not None and kind not in tuple(ItemKind):
            message = f"there is no kind {kind!r}: there are {', '.join(ItemKind)}"
            raise UsageError(message)
        return tuple(itertools.islice((i for i in self._items() if kind in (None, i.kind)), limit))

    def item(self, item: str) -> Item:
        """One question of the queue by its id.

        Raises:
            NotFoundError: nobody asks it, or not any more.
        """
        found = next((i for i in self._items() if i.id == item), None)
        if found is None:
            message = f"there is no question {item}, or it was answered"
            raise NotFoundError(message)
        return found

    def about(self, address: str) -> Item:
        """What could be ruled on a fact: any field set, or the whole of it rejected.

        Args:
            address: id of a fact or mention.

        Raises:
            NotFoundError: the record knows no such address.
            UsageError: rulings cannot be made on such a thing.
        """
        with self._store.view() as view:
            book = Book(view)
            title, mentions, fact = _addressed(book, address)
            return about(book, mentions, title, fact)

    def same(self, one: str, other: str) -> Item:
        """Whether two facts, mentions, stories or reports are one; of reports: whether they tell one story.

        Raises:
            NotFoundError: the record knows no such address.
            UsageError: they are of different kinds, or the same.
        """
        with self._store.view() as view:
            book = Book(view)
            told = [_addressed(book, address) for address in (one, other)]
            mentions = [m[0] for _, m, _ in told]
            if mentions[0] == mentions[1] or len({ids.mention_key(m).letter for m in mentions}) > 1:
                message = f"{one} and {other} are one thing, or things of two kinds: there is nothing to rule"
                raise UsageError(message)
            facts = tuple(fact for _, _, fact in told)
            return pair(book, ItemKind.MERGE, (mentions[0], mentions[1]), (told[0][0], told[1][0]), "", facts)

    def mentions(self, address: str) -> tuple[str, ...]:
        """The mentions behind an address: a mention's own id, or those that a fact holds.

        Raises:
            NotFoundError: the record knows no such address.
            UsageError: rulings cannot be made on such a thing.
        """
        with self._store.view() as view:
            return _addressed(Book(view), address)[1]

    def answer(self, item: Item, key: str, *, by: str, on: str, value: str = "", note: str = "") -> Decision:
        """Rule on a question; the record follows in the same step.

        Args:
            item: the question.
            key: the key of one of its choices; `v` is short for the first whose value a person gives.
            by: name of the person.
            on: day of the ruling, `YYYY-MM-DD`.
            value: the value, for a choice whose value a person gives: a word, a day, or an address.
            note: the reason.

        Raises:
            UsageError: there is no such choice, or the value does not fit.
        """
        choice = next((c for c in item.choices if key in (c.key, c.key.partition(":")[0])), None)
        if choice is None or (choice.free != bool(value)):
            told = ", ".join(c.key for c in item.choices)
            message = f"{key!r} with value {value!r} is no answer: there are {told}; only v: takes a value"
            raise UsageError(message)
        return self._decide(choice, value, Decision(ruling=choice.ruling, by=by, on=on, note=note))

    def _decide(self, choice: Choice, value: str, blank: Decision) -> Decision:
        given, mentions = value or choice.value, list(choice.mentions)
        if value and not ids.is_mention_id(value) and choice.field in _OF_MENTIONS:
            given = self.mentions(value)[0]
        if given and ids.is_mention_id(given) and given not in mentions:
            mentions.append(given)
        with self._store.view() as view:
            reports = {r: view.report(r) for r in sorted({ids.mention_key(m).report for m in mentions})}
        anchors = tuple(anchor(reports[ids.mention_key(m).report], m) for m in mentions)
        made = msgspec.structs.replace(
            blank, anchors=anchors, field=choice.field, value=given, withdraws=choice.withdraws
        )
        return decide(self._store, made, self._limits)

    def rule(
        self,
        ruling: Ruling,
        addresses: Sequence[str],
        *,
        by: str,
        on: str,
        field: str = "",
        value: str = "",
        note: str = "",
    ) -> Decision:
        """Rule on facts or mentions without a question.

        Args:
            ruling: same, not-same, reject, set or unsure.
            addresses: ids of facts, mentions, stories or reports.
            by: name of the person.
            on: day of the ruling, `YYYY-MM-DD`.
            field: for set and reject.
            value: for set: a word, a day, or an address.
            note: the reason.

        Raises:
            NotFoundError: the record knows no such address.
            UsageError: the ruling makes no sense; the text says why.
        """
        fewest, most = MENTIONS[ruling]
        if not fewest <= len(addresses) <= most or (field and ruling not in (Ruling.SET, Ruling.REJECT)):
            message = f"{ruling} takes {fewest} to {most} facts or mentions, and only set and reject take a field"
            raise UsageError(message)
        each = [self.mentions(a) for a in addresses]
        firsts = ruling in (Ruling.SAME, Ruling.NOT_SAME) or (ruling is Ruling.SET and field in _ONCE)
        mentions = tuple(m for found in each for m in (found[:1] if firsts else found))
        choice = Choice(key="", label="", effect="", ruling=ruling, mentions=mentions, field=field)
        return self._decide(choice, value, Decision(ruling=ruling, by=by, on=on, note=note))

    def withdraw(self, decision: str, *, by: str, on: str, note: str = "") -> Decision:
        """Take a ruling back: the record is as if it had never been made.

        Args:
            decision: its id, or `last` for the newest that is in force.
            by: name of the person.
            on: day of the ruling, `YYYY-MM-DD`.
            note: the reason.

        Raises:
            NotFoundError: there is no such ruling.
        """
        decision = self._newest() if decision == "last" else decision
        made = Decision(ruling=Ruling.WITHDRAW, withdraws=decision, by=by, on=on, note=note)
        return decide(self._store, made, self._limits)

    def _newest(self) -> str:
        with self._store.view() as view:
            standing = in_force(view.decisions())
        if not standing:
            message = "no ruling is in force: there is none to withdraw"
            raise NotFoundError(message)
        return standing[-1].id

    def standings(self) -> tuple[Standing, ...]:
        """Every ruling, in the order made, with where its words are today. None is ever left out."""
        with self._store.view() as view:
            return Book(view).standings

    def dump(self) -> bytes:
        """Every ruling as a portable file: JSON lines."""
        with self._store.view() as view:
            return portable.dump(view.decisions())

    def load(self, data: bytes) -> Loaded:
        """Append the rulings of such a file that are not there yet.

        Raises:
            UsageError: it is no such file, or a line of it was altered; nothing is loaded then.
        """
        return portable.load(self._store, data, self._limits)

    def _items(self) -> tuple[Item, ...]:
        """The queue, kept as long as the record stays the same."""
        with self._store.view() as view:
            state = view.record_sha256()
            if state is None or self._queue[0] != state:
                self._queue = (state, _waiting(Book(view)))
        return self._queue[1]


#: Fields whose values are mentions.
_OF_MENTIONS = frozenset({"place", "body", "participant", "speaker", "addressee", "by", "to"})
#: Fields that are set for a whole fact by setting them for one of its mentions.
_ONCE = frozenset({"date", "due", "official", "status", "title_words", "what", "name"})


def _waiting(book: Book) -> tuple[Item, ...]:
    """All questions but those answered; what somebody was unsure of comes last."""
    items: dict[str, Item] = {}
    for ask in _ASKS:
        for item in ask(book):
            ruled = book.confirmed if item.kind is ItemKind.SECOND_LOOK else book.settled
            looked = [c for c in item.choices if signature(c.ruling, c.mentions, c.field, c.value) in ruled]
            if all(c.ruling is Ruling.UNSURE for c in looked):
                later = msgspec.structs.replace(item, weight=item.weight - _LATER, unsure=True)
                items.setdefault(item.id, later if looked else item)
    return tuple(sorted(items.values(), key=lambda i: (-i.weight, i.id)))


def _addressed(book: Book, address: str) -> tuple[str, tuple[str, ...], str]:
    """What an address is called, its mentions, and the fact that holds it; an address of both is the fact's."""
    found = book.facts.get(address) or book.facts.get(address.casefold())
    if found is None and ids.is_mention_id(address) and ids.mention_key(address).report in book.heads:
        return book.side("", address).span.text, (address,), ""
    if address in book.heads:
        report = book.report(address)
        return report.head.title or report.head.name, (beginning(report),), ""
    if found is None:
        message = f"nothing has the address {address!r}: take an id out of a table, or of a mention"
        raise NotFoundError(message)
    section, fact = ("actors", book.actors[found[1].body]) if found[0] == "series" else found
    mentions = book.mentions(section, fact)
    if not mentions:
        message = f"{address} holds no mentions that could be ruled on"
        raise UsageError(message)
    title = next((t for f in ("title", "name", "text", "what") if (t := getattr(fact, f, ""))), address)
    return title, mentions, address
