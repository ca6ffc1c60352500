"""One input to one Report or its Problems."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.ingest.read import Read, read
from communique.ingest.sources import Hints, Source, expand
from communique.model import ids
from communique.model.problems import Problem, ProblemCode
from communique.model.reports import PublishedFrom, Report
from communique.settings import Limits

PAGE = (
    " date 2019-05-06 Search icon\n\nKasane: The ministers of Botswana and Iceland met here on Monday and "
    "agreed that the commission will meet again.\n"
)


def told(result: Read) -> list[ProblemCode]:
    """Codes of the Problems of a result."""
    return [p.code for p in result.problems]


def report(result: Read) -> Report:
    """The report of a result that has one."""
    assert result.report is not None
    return result.report


def test_a_report_knows_its_bytes() -> None:
    """Hash, id, length and name follow from the input alone."""
    made = report(read(Source("a.txt", PAGE.encode(), hints=Hints(outlet="The Lagoon Post"))))
    assert made.text == PAGE
    assert made.head.sha256 == ids.sha256_hex(PAGE.encode())
    assert made.id == ids.report_id(made.head.sha256, "The Lagoon Post", None, None)
    assert (made.head.name, made.head.chars, made.head.language) == ("a.txt", len(PAGE), "en")


def test_a_json_line_is_hashed_by_its_text() -> None:
    """The same words as a file and as a line have the same hash."""
    source = Source("x", b'{"id": "n1", "text": "Talks were held in Tartu, and that was it."}', "jsonl")
    found = read(source)
    assert found.raw == b"Talks were held in Tartu, and that was it."
    assert report(found).head.sha256 == ids.sha256_hex(found.raw)
    assert report(found).head.given_id == "n1"


def test_given_dates_outrank_the_text() -> None:
    """A publication time that the caller gives is the report's, whatever the text states."""
    head = report(read(Source("a.txt", PAGE.encode(), hints=Hints(published="2019-05-07")))).head
    assert (head.published, head.published_from) == ("2019-05-07", PublishedFrom.GIVEN)


@pytest.mark.parametrize(("size", "codes"), [(9, []), (10, []), (11, [ProblemCode.TOO_LARGE])])
def test_the_byte_cap(size: int, codes: list[ProblemCode]) -> None:
    """Up to the cap a report is read; one byte more is a Problem with the cap's name and no bytes kept."""
    found = read(Source("a", b"The words are here"[:size], hints=Hints(language="en")), Limits(report_bytes=10))
    assert told(found) == codes
    assert bool(found.report) is not bool(codes)
    assert not codes or (found.raw == b"" and "report_bytes = 10" in found.problems[0].message)


@pytest.mark.parametrize(("size", "codes"), [(9, []), (10, []), (11, [ProblemCode.TOO_LONG])])
def test_the_character_cap(size: int, codes: list[ProblemCode]) -> None:
    """Up to the cap a text is read; beyond it there is a Problem with both numbers, and the raw bytes are kept."""
    data = ("é" * size).encode()
    found = read(Source("a", data, hints=Hints(language="en")), Limits(report_chars=10))
    assert told(found) == codes
    assert bool(found.report) is not bool(codes)
    assert not codes or (found.raw == data and "11" in found.problems[0].message)


def test_a_huge_single_line_is_too_large() -> None:
    """Twenty megabytes on one line are refused without being read."""
    assert told(read(Source("a", b"x" * 20_000_000))) == [ProblemCode.TOO_LARGE]


def test_blank_is_empty() -> None:
    """A text of blanks, in a file or a line, is no report."""
    assert told(read(Source("a", b" \n\xc2\xa0\n"))) == [ProblemCode.EMPTY]
    assert told(read(Source("a", b'{"text": "  "}', "jsonl"))) == [ProblemCode.EMPTY]


def test_a_format_without_a_reader_is_told() -> None:
    """A source of an unknown format is a Problem, not an error."""
    assert told(read(Source("a", b"x", "warc"))) == [ProblemCode.FORMAT]


def test_problems_name_their_report() -> None:
    """A Problem of a report that was made carries its id and hash."""
    found = read(Source("a", b"Wir haben das nicht gesagt und sind auch nicht dort gewesen, sagte der Minister."))
    assert told(found) == [ProblemCode.LANGUAGE]
    assert found.problems[0].report == report(found).id
    assert found.problems[0].sha256 == report(found).head.sha256


@settings(max_examples=150)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=300).map(lambda t: t.encode("utf-8", "surrogatepass"))))
def test_nothing_goes_missing_and_nothing_raises(data: bytes) -> None:
    """Any bytes give one report or at least one Problem, as a file and as a JSON line."""
    for form in ("text", "jsonl"):
        found = read(Source("a", data, form))
        assert found.report or found.problems
        if found.report:
            assert found.report.text.encode()
            assert ids.sha256_hex(found.raw) == found.report.head.sha256


ATOMS = st.sampled_from(
    [
        " date 2020-02-03 ",
        "Published 10:00 IST, February 3rd 2020",
        "Updated",
        "\n",
        "\n\n",
        "\xa0",
        "Tartu:",
        "Suva, ",
        "May 4",
        " (AFP) - ",
        "By Ana Lau",
        "Share",
        "See also",
        "Photo: X",
        "| Image: Y",
        "pic.twitter.com/ab— A B (@ab) May 4, 2020",
        "The two ministers met again on Monday and signed a protocol.",
        "A Short Heading",
        "MINISTER: ",
        "04/05/2020",
        "?",
        "\u2028",
        "é",
    ]
)


@settings(max_examples=300)
@given(st.lists(ATOMS, max_size=25).map("".join))
def test_furniture_is_disjoint_in_order_and_inside(text: str) -> None:
    """Whatever pieces of pages stand together, marks never overlap nor leave the text, and evidence holds."""
    made = read(Source("a", text.encode())).report
    if made is None:
        return
    marks = made.head.furniture
    assert all(0 <= m.start < m.end <= len(made.text) for m in marks)
    assert all(one.end <= two.start for one, two in pairwise(marks))
    if made.head.published_evidence:
        assert made.head.published_evidence.holds(made.text)


@pytest.mark.promise("R16")
def test_inputs_are_conserved(tmp_path: Path) -> None:
    """Files and lines in = reports and Problems out, one for one."""
    (tmp_path / "a.txt").write_bytes(PAGE.encode())
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.bin").write_bytes(bytes(range(256)))
    (tmp_path / "d.jsonl").write_bytes(b'{"text": "It was said that they met."}\nbad\n\n{"text": 1}\n')
    (tmp_path / "e.txt").symlink_to("nowhere")
    inputs = list(expand([str(tmp_path)]))
    results = [read(i) for i in inputs if isinstance(i, Source)]
    reports = sum(r.report is not None for r in results)
    refused = sum(r.report is None for r in results) + sum(isinstance(i, Problem) for i in inputs)
    assert (len(inputs), reports, refused) == (7, 2, 5)
