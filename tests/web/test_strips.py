"""Whose words a report is made of."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.model import record as r
from communique.model.reports import Furniture, FurnitureKind, Report
from communique.model.words import Mode, ReuseKind
from communique.testing import report
from communique.web.index import Index
from communique.web.strips import KINDS, strip

BUILD = r.Build(version="0", model="m", settings="s", as_of=None, decisions=0)


def index_of(of: Report, reuse: tuple[r.Reuse, ...] = (), quoted: tuple[tuple[int, int], ...] = ()) -> Index:
    wordings = tuple(r.Wording(mode=Mode.DIRECT, evidence=of.span(a, b)) for a, b in quoted)
    said = (r.Statement(id="q", text="t", quotations=wordings, origins=1, confidence=0.5),) if wordings else ()
    return Index(r.Record(format="f", build=BUILD, reports=(of.head,), reuse=reuse, statements=said))


def test_the_strongest_claim_has_the_words() -> None:
    """Quoted goes before copied, copied before a set phrase, that before the page's own furniture, all before own."""
    of = report("abcdefghij", furniture=(Furniture(0, 4, FurnitureKind.INTERFACE),))
    reuse = (
        r.Reuse(kind=ReuseKind.FORMULA, spans=(of.span(1, 6),)),
        r.Reuse(kind=ReuseKind.COPIED, spans=(of.span(2, 8),)),
    )
    made = strip(of.id, index_of(of, reuse, ((3, 5),)))
    assert [(b.start, b.end, b.kind) for b in made.bands] == [
        (0, 1, "page"),
        (1, 2, "formula"),
        (2, 3, "copied"),
        (3, 5, "quoted"),
        (5, 8, "copied"),
        (8, 10, "own"),
    ]
    assert made.shares == (("own", 22), ("copied", 44), ("quoted", 22), ("formula", 11))


def test_a_report_of_its_own_is_one_band() -> None:
    """Nothing shared, nothing quoted: all of it is its own."""
    of = report("All of these words are ours.")
    made = strip(of.id, index_of(of))
    assert (len(made.bands), made.shares) == (1, (("own", 100),))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 30), st.sampled_from(list(ReuseKind))), max_size=10))
def test_bands_cover_the_text_once(claims: list[tuple[int, int, ReuseKind]]) -> None:
    """From the first character to the last, without gap or overlap, no two neighbours of one kind."""
    of = report("x" * 100)
    reuse = tuple(r.Reuse(kind=kind, spans=(of.span(a, min(100, a + n)),)) for a, n, kind in claims)
    made = strip(of.id, index_of(of, reuse)).bands
    assert (made[0].start, made[-1].end) == (0, 100)
    assert all(a.end == b.start and a.kind != b.kind for a, b in pairwise(made))
    assert {b.kind for b in made} <= set(KINDS)
