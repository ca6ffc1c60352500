"""The whole record."""

from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.model.spans import Span


def fill(desk: Any) -> Any:
    """Three reports with everything in them."""
    for number, (name, day) in enumerate((("Andrei Volk", "13"), ("Andrey Volk", "13"), ("Andrei Volk", "14"))):
        page = desk.page(
            f"{name} and Lin Tao co-chaired the 7th session of the Joint Council in Port Ada on {day} May."
            f" Volk promised {number} to build a bridge. The Meteor."
        )
        volk, tao = page.entity(name, office="Minister", country="Azania"), page.entity("Lin Tao")
        body, place = page.entity("the Joint Council", "body", name="Joint Council"), page.entity("Port Ada", "place")
        page.entity("Meteor", "item", count="two")
        page.time(f"{day} May", f"2031-05-{day}")
        event = page.event("co-chaired the 7th session", "session", "happened", [volk, tao], body=body, number="7")
        page.say(event, "date", f"2031-05-{day}", f"{day} May", "explicit")
        page.say(event, "place", place, "Port Ada")
        page.event("Volk promised", "other", "happened", [volk])
        page.promise("to build a bridge", "pledge", "promised", [volk])
    return desk


def spans(node: Any) -> Any:
    """Every span inside a record."""
    if isinstance(node, Span):
        yield node
    elif hasattr(node, "__struct_fields__"):
        for field in node.__struct_fields__:
            yield from spans(getattr(node, field))
    elif isinstance(node, tuple):
        for child in node:
            yield from spans(child)


def test_a_record_holds_every_section(desk: Any) -> None:
    """Actors, items, events, commitments, series and disagreements come out of one call."""
    record = fill(desk).record()
    assert [a.kind for a in record.actors].count("person") == 2
    assert (len(record.items), len(record.commitments), len(record.series)) == (1, 1, 1)
    assert sorted(d.kind for d in record.disagreements) == ["date", "name"]
    assert {e.number for e in record.events} == {7, None}


def test_every_span_stands_in_its_report(desk: Any) -> None:
    """No evidence but words that stand where the span says."""
    texts = {p.id: p.text for p in fill(desk).pages}
    held = list(spans(desk.record()))
    assert held
    assert all(span.holds(texts[span.report]) for span in held)


def test_nothing_in_nothing_out(desk: Any) -> None:
    """No reports give an empty record."""
    record = desk.record([])
    assert (record.reports, record.events, record.disagreements) == ((), (), ())


def test_the_latest_day_of_publication_is_the_as_of_day(desk: Any) -> None:
    """Schedules are seen from the newest report, unless a day is given."""
    page = desk.page("Ama Osei will build a bridge by June")
    page.promise("will build a bridge", "pledge", "promised", [page.entity("Ama Osei")], due="2031-06")
    assert desk.record().commitments[0].status.schedule == "not due"
    assert desk.record(as_of="2031-07-01").commitments[0].status.schedule == "late"


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_arrival_leaves_no_trace(desk: Any, random: Any) -> None:
    """Reports and claims in any order give the same bytes."""
    if not desk.pages:
        fill(desk)
    sources = list(desk.sources)
    expected = desk.record().encode()
    random.shuffle(sources)
    shuffled = [type(s)(s.head, tuple(random.sample(s.claims, len(s.claims)))) for s in sources]
    assert desk.record(shuffled).encode() == expected


def test_a_day_in_digits_is_settled_before_the_record_is_made(desk: Any) -> None:
    """Where other evidence tells day from month, the report is published on that day, and the record seen from it."""
    page = desk.page("Signed on 03/04/2031. The fair opened on 25/03/2031.", published=None)
    page.time("25/03/2031", "2031-03-25")
    source = page.source
    head = msgspec.structs.replace(source.head, extra={"published_open": "either:2031-04-03|2031-03-04"})
    record = desk.record([msgspec.structs.replace(source, head=head)])
    assert [(h.published, h.published_from) for h in record.reports] == [("2031-04-03", "text")]
    assert record.build.as_of == "2031-04-03"
