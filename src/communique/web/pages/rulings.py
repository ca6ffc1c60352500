"""Rulings: what waits for a person, with its evidence side by side, and what was ruled before.

The only pages that write. What they write is a ruling; the record that follows from it is worked out by `api`.
"""

from typing import Any

from communique import api
from communique.errors import NotFoundError, UsageError
from communique.model.decisions import Decision
from communique.model.review import Item, ItemKind, Side
from communique.web.asked import Answer, Ask, Data, Moved, Page, address
from communique.web.cards import Card, cards
from communique.web.evidence import path_of
from communique.web.index import SECTIONS
from communique.web.passages import Around

#: Longest value and note of a ruling, in code points.
LONGEST = 2_000
#: Pieces of evidence that are laid open; further ones unfold.
SIDES = 6
#: What is asked for in words, by kind of question.
KINDS = {
    ItemKind.SECOND_LOOK: "Second look",
    ItemKind.DISAGREEMENT: "Disagreement",
    ItemKind.SPEAKER: "Speaker",
    ItemKind.MERGE: "One or two?",
    ItemKind.NAME: "Names",
}


def queue(ask: Ask) -> Answer:
    """What waits for a person, the most pressing first."""
    items = ask.archive.queue()
    kind = ask.query.get("kind", "")
    chosen = [item for item in items if kind in ("", item.kind)]
    paging = ask.page(len(chosen))
    counts = {k: sum(i.kind is k for i in items) for k in ItemKind}
    context = {
        "items": paging.of(chosen),
        "paging": paging,
        "kinds": KINDS,
        "kind": kind,
        "counts": {k: n for k, n in counts.items() if n},
        "ruled": _ruled(ask),
    }
    return Page(template="review.html", context=context)


def item(ask: Ask) -> Answer:
    """One question of the queue.

    Raises:
        NotFoundError: nobody asks it, or not any more.
    """
    items = ask.archive.queue()
    at = _place(items, ask.address())
    around = {
        "before": items[at - 1].id if at else "",
        "after": items[at + 1].id if at + 1 < len(items) else "",
        "number": at + 1,
        "of": len(items),
    }
    return _question(ask, items[at], f"/review/{items[at].id}", around)


def about(ask: Ask) -> Answer:
    """What can be ruled on any fact, or on whether two are one."""
    return _question(ask, _asked(ask, ask.query.get("other", "")), f"/rule/{ask.address()}", {})


def _asked(ask: Ask, other: str) -> Item:
    desk = ask.archive.reading.review
    return desk.same(ask.address(), address(other)) if other else desk.about(ask.address())


def _question(ask: Ask, question: Item, action: str, around: dict[str, Any]) -> Page:
    sides = [(side, _trimmed(side)) for side in question.sides]
    context = {
        "item": question,
        "kind": KINDS[question.kind] if around else "A ruling on any fact",
        "sides": sides[:SIDES],
        "more": sides[SIDES:],
        "differ": len({side.says for side in question.sides}) > 1,
        "action": action,
        "around": around,
        "facts": _facts(ask, question),
        "path_of": path_of,
        "other": ask.query.get("other", ""),
        "ruled": _ruled(ask),
        "here": "review",
    }
    return Page(template="question.html", context=context)


def _trimmed(side: Side) -> Around:
    """The words of a side and those around them, from the first whole word to the last."""
    before, after = side.before.partition(" ")[2], side.after.rpartition(" ")[0]
    return Around(before=f"…{before}" if before else "", words=side.span.text, after=f"{after}…" if after else "")


def _facts(ask: Ask, question: Item) -> tuple[Card, ...]:
    names = {part: section for section, part in SECTIONS.items()}
    section = names.get(question.section, question.section)
    sections = (section,) if section else ("events", "statements", "commitments", "actors", "series", "stories")
    return tuple(c for s in sections for c in cards(s, question.facts, ask.index))


def _place(items: tuple[Item, ...], wanted: str) -> int:
    found = next((n for n, each in enumerate(items) if each.id == wanted), None)
    if found is None:
        message = "nobody asks this question any more: it was answered, or its reports changed"
        raise NotFoundError(message)
    return found


def _ruled(ask: Ask) -> str:
    """The ruling that was made a moment ago, so that it can be taken back."""
    given = ask.query.get("ruled", "")
    return address(given) if given else ""


def decisions(ask: Ask) -> Answer:
    """Every ruling, the last first, with what became of the words that it was made on."""
    standings = ask.archive.reading.review.standings()
    paging = ask.page(len(standings))
    context = {
        "standings": paging.of(standings[::-1]),
        "paging": paging,
        "ruled": _ruled(ask),
        "path_of": path_of,
        "looks": sum(s.second_look for s in standings),
    }
    return Page(template="decisions.html", context=context)


def dump(ask: Ask) -> Answer:
    """Every ruling as a portable file."""
    body = ask.archive.reading.review.dump()
    return Data(body=body, kind="text/plain; charset=utf-8", name="decisions.jsonl")


# -- what writes


def decide(ask: Ask) -> Answer:
    """Answer a question of the queue, and go on to the next one."""
    items = ask.archive.queue()
    at = _place(items, ask.address())
    made = _answered(ask, items[at])
    after = next((i.id for i in items[at + 1 :] if not set(i.facts) & set(items[at].facts)), "")
    return Moved(to=f"/review/{after}?ruled={made.id}" if after else f"/review?ruled={made.id}")


def rule(ask: Ask) -> Answer:
    """Rule on any fact."""
    made = _answered(ask, _asked(ask, ask.form.get("other", "")))
    return Moved(to=f"/decisions?ruled={made.id}")


def withdraw(ask: Ask) -> Answer:
    """Take a ruling back."""
    with _writing(ask) as c:
        made = c.review.withdraw(ask.address(), by=ask.by, on=ask.today)
    return Moved(to=f"/decisions?ruled={made.id}")


def _answered(ask: Ask, question: Item) -> Decision:
    """Store an answer.

    Raises:
        UsageError: it is no answer to this question.
    """
    value, note = (ask.form.get(name, "").strip() for name in ("value", "note"))
    if max(len(value), len(note)) > LONGEST:
        message = f"a value or a note has at most {LONGEST} characters"
        raise UsageError(message)
    with _writing(ask) as c:
        key = ask.form.get("choice", "")
        return c.review.answer(question, key, by=ask.by, on=ask.today, value=value, note=note)


def _writing(ask: Ask) -> api.Communique:
    """The database, opened to be written.

    Raises:
        UsageError: the page was started to be read only.
    """
    if ask.archive.read_only:
        message = "this page was started with --read-only: it takes no ruling"
        raise UsageError(message)
    return api.open(ask.archive.url)
