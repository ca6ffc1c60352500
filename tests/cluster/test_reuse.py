"""Tests of what is shared and why."""

from collections.abc import Callable

from communique.cluster.features import Features
from communique.cluster.index import Cell
from communique.cluster.joined import joined, places
from communique.cluster.past import Past
from communique.cluster.reuse import found_in, shared
from communique.model.record import Reuse
from communique.model.words import ReuseKind

type Make = Callable[..., Features]


def reuse(make: Make, texts: list[str], **head: object) -> tuple[Reuse, ...]:
    """Shared passages of texts, numbered in order."""
    reports = [make(n, text, **head) for n, text in enumerate(texts)]
    found = shared(reports)
    where = places(found, {r.report: r for r in reports})
    return joined(zip(found, where, strict=True), {f"r{n:016x}": text for n, text in enumerate(texts)})


def test_shared_narration_is_copied(make: Make, narration: str) -> None:
    """A newsroom's own words in two reports are a copy, with exact spans on both sides."""
    (found,) = reuse(make, [f"At dawn {narration}.", f"In Suva {narration}, it seems."])
    assert found.kind is ReuseKind.COPIED
    assert [span.text for span in found.spans] == [narration, narration]


def test_a_shared_quotation_is_quoted(make: Make, quote: str) -> None:
    """Words in marks in both reports have one upstream."""
    (found,) = reuse(make, [f'The mayor said: "{quote}."', f"\u201c{quote},\u201d she added later."])
    assert found.kind is ReuseKind.QUOTED


def test_quoted_here_and_narrated_there_is_quoted(make: Make, quote: str) -> None:
    """A quotation whose marks another report lost is no copying."""
    (found,) = reuse(make, [f'The mayor said: "{quote}."', f"By then {quote}."])
    assert found.kind is ReuseKind.QUOTED


def test_two_narrations_of_a_quotation_are_quoted(make: Make, quote: str) -> None:
    """What a third report quotes is quoted between the two that do not."""
    found = reuse(make, [f'She said: "{quote}."', f"By then {quote}.", f"At noon {quote}."])
    assert {passage.kind for passage in found} == {ReuseKind.QUOTED}
    assert [span.report[-1] for span in found[0].spans] == ["0", "1", "2"]


def test_a_passage_is_cut_where_quotation_turns_into_narration(make: Make, quote: str, narration: str) -> None:
    """One shared run of both kinds gives two passages."""
    text = f'"{quote}," and then {narration}.'
    found = reuse(make, [f"Item one. {text}", f"Item two. {text}"])
    assert [passage.kind for passage in found] == [ReuseKind.QUOTED, ReuseKind.COPIED]


def test_a_long_name_is_a_formula(make: Make) -> None:
    """A body's name with few words round it is nobody's copy."""
    name = "the Joint Commission of Fiji and Malta on Fisheries and Maritime Affairs"
    (found,) = reuse(make, [f"Boats were the subject of {name} today.", f"A storm kept {name} waiting."])
    assert found.kind is ReuseKind.FORMULA


def test_a_turn_of_phrase_is_no_passage(make: Make) -> None:
    """Function words that happen to follow one another are not told."""
    phrase = "that it was not what they had been there for"
    assert reuse(make, [f"Olsen felt {phrase}.", f"Diop wrote {phrase} anyway."]) == ()


def test_a_site_line_is_a_formula(make: Make) -> None:
    """A short line that several reports of one outlet share is the site's."""
    line = "Readers can send pictures of their own boats and piers to our weekend desk"
    texts = [
        f"{start} {line}."
        for start in ("Herring returned early", "Roads closed", "Choirs sang", "Snow fell", "Bells rang")
    ]
    assert {found.kind for found in reuse(make, texts, outlet="Reef Wire")} == {ReuseKind.FORMULA}


def test_one_passage_over_all_reports(make: Make, narration: str) -> None:
    """Three reports with the same words give one row with three spans, in any order of the pairs."""
    texts = [f"{start} {narration}." for start in ("At dawn", "By noon", "In Suva")]
    reports = [make(n, text) for n, text in enumerate(texts)]
    by_id = {f"r{n:016x}": text for n, text in enumerate(texts)}
    found = list(zip(rows := shared(reports), places(rows, {r.report: r for r in reports}), strict=True))
    (row,) = joined(found, by_id)
    assert [span.report[-1] for span in row.spans] == ["0", "1", "2"]
    assert joined(reversed(found), by_id) == (row,)


def test_chance_runs_make_no_pair(make: Make) -> None:
    """Two reports that share a short quotation and no long run share turns of phrase, not words."""
    quote = "stop the heavy flood of plastic"
    found = reuse(make, [f'She vowed to "{quote}" that spring.', f'A singer wants to "{quote}" as well.'])
    assert {passage.kind for passage in found} <= {ReuseKind.FORMULA}


def test_a_short_quotation_counts_beside_a_long_passage(make: Make, narration: str) -> None:
    """Where two reports share much, a short quotation is no chance."""
    quote = "stop the heavy flood of plastic"
    ends = "He went home early", "Rain fell all night"
    texts = [f'At dawn {narration}. {end}. The mayor wants to "{quote}".' for end in ends]
    assert {passage.kind for passage in reuse(make, texts)} == {ReuseKind.COPIED, ReuseKind.QUOTED}


def test_an_attribution_between_quotations_goes_with_them(make: Make, quote: str) -> None:
    """A few words of narration between two parts of a quotation do not cut it."""
    rest = "Licences will be printed by the old press in the cellar of the town hall, where nobody can lose them again"
    said = f'"{quote}," the mayor said. "{rest}."'
    (found,) = reuse(make, [f"On Monday it was heard: {said}", f"We were there. {said}"])
    assert found.kind is ReuseKind.QUOTED
    assert "the mayor said" in found.spans[0].text


def test_a_line_of_names_in_a_copied_report_is_copied(make: Make, narration: str) -> None:
    """What would be a formula by itself is copied where everything round it is."""
    names = "the Joint Commission of Fiji and Malta on Fisheries and Maritime Affairs"
    second = (
        "while the orchestra of the harbour school played four songs nobody had rehearsed and the rain held off until "
        "late evening over the bay and its boats"
    )
    ends = "Ferries were late", "Nobody else came"
    texts = [f"{narration}, {second}. {end}. This is what {names} saw." for end in ends]
    found = reuse(make, texts)
    assert any(names in passage.spans[0].text and passage.kind is ReuseKind.COPIED for passage in found)


def test_a_later_cell_is_compared_with_the_earlier_ones(make: Make, narration: str) -> None:
    """Only pairs with a report of the last cell are told, the smaller id first."""
    early = Cell([make(5, f"At dawn {narration}."), make(6, f"By noon {narration}.")])
    found = found_in(Past([early]), Cell([make(1, f"In Suva {narration}.")])).shared
    assert [(row.a[-1], row.b[-1]) for row in found] == [("1", "5"), ("1", "6")]


def test_what_was_quoted_earlier_is_quoted_later(make: Make, quote: str) -> None:
    """Words that one report quotes are marked in the other for the cells to come."""
    early = Cell([make(0, f'She said: "{quote}."'), make(1, f"By then {quote}.")])
    known = found_in(Past(), early).quoted
    assert list(known) == ["r0000000000000001"]
    late = Cell([make(2, f"At noon {quote}.")])
    plain = [row for row in found_in(Past([early]), late).shared if row.a.endswith("1")]
    told = [row for row in found_in(Past([early]), late, known).shared if row.a.endswith("1")]
    assert [row.kind for row in plain] == [ReuseKind.QUOTED]  # the quoting report is among them as well
    assert [row.kind for row in told] == [ReuseKind.QUOTED]
