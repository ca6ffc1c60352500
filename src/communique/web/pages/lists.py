"""The front page, the lists, search, days and downloads."""

import msgspec

from communique.errors import NotFoundError, UsageError
from communique.export import tables
from communique.model.record import FURTHER, TYPES, Commitment
from communique.model.words import Schedule
from communique.web.asked import LONGEST_SEARCH, Answer, Ask, Data, Page
from communique.web.cards import ENDED, Card, card
from communique.web.index import FACETS, SECTIONS, Index, value_of

#: Facts of a kind on the front page.
FEW = 5
#: Most hits of a search.
HITS = 200
#: What each list is about, for its head and its empty state.
ABOUT = {
    "stories": "Reports that lead with the same happening, and how many newsrooms wrote about it on their own.",
    "reports": "What was published, each with its text and everything that was read in it.",
    "events": "What happened, is planned, was asked for, offered or denied.",
    "statements": "What people said, once each, with every wording that was printed.",
    "series": "The numbered sessions of each commission, what comes next, what does not add up.",
    "commitments": "Who owes what to whom by when, and how far it has come.",
    "disagreements": "Where reports cannot all be right. Both sides are kept.",
    "actors": "People, bodies, countries and places, under every name that was printed.",
    "items": "Ships and systems under contract: a name, the count stated, a delivery status.",
    "copies": "Words that several reports share: copied, quoted, or a fixed formula.",
    "paraphrases": "Sentences of two newsrooms that say the same in other words, and how sure that is.",
    "problems": "What could not be read, or only in part, and why.",
    **{section: (TYPES[section].__doc__ or "").partition("\n")[0] for section in FURTHER},
}


def home(ask: Ask) -> Answer:
    """The front page: what comes next, what is owed, what is disputed, what came last."""
    index = ask.index
    owed = sorted((c for c in index.lists["commitments"] if _is_owed(c)), key=lambda c: (c.due.last, c.id))
    blocks = (
        ("series", "Series", _few(index, "series")),
        ("stories", "Latest stories", _few(index, "stories")),
        ("commitments", "Owed", tuple(card("commitments", c, index) for c in owed[:FEW])),
        ("disagreements", "Disputed", _few(index, "disagreements")),
        ("events", "Latest events", _few(index, "events")),
    )
    counts = {section: len(index.lists[section]) for section in SECTIONS}
    return Page(template="home.html", context={"blocks": [b for b in blocks if b[2]], "counts": counts})


def _is_owed(commitment: Commitment) -> bool:
    waits = commitment.status.schedule in (Schedule.LATE, Schedule.DUE, Schedule.NOT_DUE)
    return waits and commitment.due is not None and commitment.status.official not in ENDED


def _few(index: Index, section: str) -> tuple[Card, ...]:
    return tuple(card(section, fact, index) for fact in index.lists[section][:FEW])


def section_of(ask: Ask) -> str:
    """The section that a path names.

    Raises:
        NotFoundError: there is none of that name.
    """
    section = ask.path["section"]
    if section not in SECTIONS:
        message = "there is no such page"
        raise NotFoundError(message)
    return section


def section(ask: Ask) -> Answer:
    """The list of a section, narrowed as asked."""
    name = section_of(ask)
    chosen = {facet: ask.query[facet] for facet in FACETS.get(name, ()) if facet in ask.query}
    story = ask.index.get("stories", ask.query.get("story", ""))
    facts = _narrowed(ask.index, name, chosen)
    if story is not None:
        told = set(ask.index.resting_on(story.reports, name))
        facts = tuple(f for f in facts if getattr(f, "id", None) in told)
    paging = ask.page(len(facts))
    context = {
        "section": name,
        "about": ABOUT[name],
        "cards": tuple(card(name, fact, ask.index) for fact in paging.of(facts)),
        "paging": paging,
        "chosen": chosen,
        "story": card("stories", story, ask.index) if story else None,
        "facets": {facet: values for facet, values in ask.index.facets.get(name, {}).items() if len(values) > 1},
    }
    return Page(template="list.html", context=context)


def _narrowed(index: Index, name: str, chosen: dict[str, str]) -> tuple[object, ...]:
    facts = index.lists[name]
    if not chosen:
        return facts
    return tuple(f for f in facts if all(value_of(f, facet) == value for facet, value in chosen.items()))


def section_data(ask: Ask) -> Answer:
    """A page of a section as data."""
    name = section_of(ask)
    facts = ask.index.lists[name]
    paging = ask.page(len(facts))
    data = {"section": name, "total": len(facts), "page": paging.number, "facts": paging.of(facts)}
    return Data(body=msgspec.json.encode(data) + b"\n")


def search(ask: Ask) -> Answer:
    """Reports and facts that hold all the words."""
    words = " ".join(ask.query.get("q", "").split())
    if len(words) > LONGEST_SEARCH:
        message = f"a search has at most {LONGEST_SEARCH} characters"
        raise UsageError(message)
    hits = ask.archive.reading.search(words, HITS) if words else ()
    found = [(hit.section, fact) for hit in hits if (fact := ask.index.get(hit.section, hit.id)) is not None]
    paging = ask.page(len(found))
    shown = tuple(card(section, fact, ask.index) for section, fact in paging.of(found))
    context = {"words": words, "cards": shown, "paging": paging, "full": len(hits) == HITS}
    return Page(template="search.html", context=context)


def days(ask: Ask) -> Answer:
    """Every day on which something was published, for the slider."""
    return Data(body=msgspec.json.encode(ask.archive.index().days))


def downloads(ask: Ask) -> Answer:
    """Everything that can be taken away."""
    counts = {section: len(ask.index.lists[section]) for section in SECTIONS}
    return Page(template="downloads.html", context={"counts": counts, "about": ABOUT})


def table(ask: Ask) -> Answer:
    """A section as a CSV file."""
    name = section_of(ask)
    text = tables.as_csv(tables.rows(ask.index.record, SECTIONS[name]))
    return Data(body=text.encode(), kind="text/plain; charset=utf-8", name=f"{name}.csv")


def record(ask: Ask) -> Answer:
    """The whole record as a JSON file."""
    return Data(body=ask.index.record.encode(), kind="text/plain; charset=utf-8", name="record.json")


def keys(ask: Ask) -> Answer:  # noqa: ARG001 - the shape of a page
    """The keys of the page, for those who read without script."""
    return Page(template="keys.html", context={})
