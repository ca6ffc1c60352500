"""The part of a stored record that a brief speaks of: a brief takes no longer because the database has grown."""

import msgspec

from communique.export.brief import Stamp
from communique.export.brief_subject import subject_of
from communique.model import ids
from communique.model.record import Commitment, Event, Record, Series, Statement
from communique.model.spans import spans_of
from communique.store import part
from communique.store.view import View

#: Sections of which a brief tells the facts that its reports attest.
_TOLD = ("events", "statements", "commitments", "disagreements")


def part_of(view: View, wanted: str | None) -> Record | None:
    """What a brief on a subject needs of the stored record; None where nothing is built.

    A brief of this part is that of the whole record, word for word.

    Raises:
        NotFoundError: there is nothing of that name.
    """
    made = part.made_by(view)
    if made is None:
        return None
    series, stories = view.facts("series"), view.facts("stories")
    bodies = part.named(view, "actors", (s.body for s in series))
    frame = Record(format=made[0], build=made[1], series=series, stories=stories, actors=bodies)
    reports = subject_of(frame, wanted).reports
    facts = part.attested(view, reports, _TOLD)
    told = [*series, *(fact for section in facts.values() for fact in section)]
    resting_on = {span.report for fact in told for span in spans_of(fact)}
    actors = {actor for fact in told for actor in _named(fact)}
    return msgspec.structs.replace(
        frame,
        reports=part.named(view, "reports", reports | resting_on),
        actors=part.named(view, "actors", actors),
        problems=view.problems(),
        **facts,
    )


def _named(fact: object) -> set[str]:
    """Ids of the actors that a fact names."""
    found: list[str | None] = []
    if isinstance(fact, Event):
        found = [fact.place, fact.series, *(p.actor for p in fact.participants)]
    elif isinstance(fact, Commitment):
        found = [*fact.by, *fact.to]
    elif isinstance(fact, Statement):
        found = [fact.speaker, fact.addressee]
    elif isinstance(fact, Series):
        sessions = [(s.place, s.host, *s.co_chairs) for s in fact.sessions]
        found = [fact.body, fact.next.host if fact.next else None, *(a for s in sessions for a in s)]
    return {actor for actor in found if actor}


def stamp(view: View, record: Record, as_of: str | None) -> Stamp:
    """What a record was made of; the hash of the stored one is known, that of any other is worked out."""
    stored = view.record_sha256() if as_of is None else None
    undated = sum(h.published_day is None for h in view.reports()) if as_of else 0
    sha256 = stored or ids.sha256_hex(record.encode())
    counts = view.counts()
    return Stamp("", sha256[:16], as_of, counts["reports"], counts["decisions"], undated)
