"""Where the words of a ruling stand today."""

from collections.abc import Sequence

import msgspec
import pytest

from communique.cluster.anchors import REPORT, Anchors
from communique.model import ids
from communique.model.claims import Claim
from communique.model.decisions import Anchor, Decision, Ruling
from communique.model.reports import Head, Report
from communique.model.review import Fate
from communique.testing import claim, mention, report

TEXT = "Velmark's minister Ada Brenn met Ivo Talmar in Sarn on Monday. “The strait is calm,” she said after the talks."
WORDS = "The strait is calm,"


def claims(of: Report) -> tuple[Claim, ...]:
    """What is read in a report: its two names, and the quotation with its content."""
    said = mention(of, "q", f"“{WORDS}”") if f"“{WORDS}”" in of.text else ""
    found = [claim(of, mention(of, "n", n), "name", n, n) for n in ("Ada Brenn", "Ivo Talmar") if n in of.text]
    return tuple(found + ([claim(of, said, "content", WORDS, WORDS)] if said else []))


def anchors(*reports: Report, newer: dict[str, str] | None = None) -> Anchors:
    """The reports of today; `newer` maps a report's id to the one that it supersedes."""
    heads = [_head(r.head, (newer or {}).get(r.id)) for r in reports]
    return Anchors(heads, {r.id: r.text for r in reports}, {r.id: claims(r) for r in reports})


def _head(head: Head, supersedes: str | None) -> Head:
    return msgspec.structs.replace(head, supersedes=supersedes)


def ruled(of: Report, letter: str, words: str) -> Anchor:
    key = ids.mention_key(mention(of, letter, words))
    before, after = of.text[max(0, key.start - 32) : key.start], of.text[key.end : key.end + 32]
    return Anchor(mention(of, letter, words), of.span(key.start, key.end), before, after)


OLD = report(TEXT)


def test_words_that_did_not_move_stand() -> None:
    """The report is there, and so is the mention."""
    place = anchors(OLD).place(ruled(OLD, "n", "Ada Brenn"))
    assert (place.fate, place.mention) == (Fate.STANDS, mention(OLD, "n", "Ada Brenn"))


def test_the_content_of_a_quotation_is_an_address_of_it() -> None:
    """A ruling on the words without their marks is a ruling on the quotation."""
    place = anchors(OLD).place(ruled(OLD, "q", WORDS))
    assert (place.fate, place.mention) == (Fate.STANDS, mention(OLD, "q", f"“{WORDS}”"))
    assert anchors(OLD).held("q", [OLD.span(0, len(TEXT))]) == (place.mention,)


def test_the_same_text_under_another_id_is_found() -> None:
    """A report that was added anew, from another outlet or file, takes the ruling over."""
    again = report(TEXT, outlet="Sarn Gazette")
    place = anchors(again).place(ruled(OLD, "n", "Ivo Talmar"))
    assert (place.fate, place.mention) == (Fate.MOVED, mention(again, "n", "Ivo Talmar"))


def test_a_newer_version_takes_a_ruling_over() -> None:
    """Also while the older one is still there, and with other words before."""
    newer = report("Corrected.\n" + TEXT)
    place = anchors(OLD, newer, newer={newer.id: OLD.id}).place(ruled(OLD, "n", "Ada Brenn"))
    assert (place.fate, place.mention) == (Fate.MOVED, mention(newer, "n", "Ada Brenn"))


@pytest.mark.parametrize(
    ("edit", "fate"),
    [
        (("met Ivo", "received Ivo"), Fate.EDITED),
        (("Ada Brenn", "Eda Brunn"), Fate.CHANGED),
        ((TEXT, "Nothing was said."), Fate.GONE),
    ],
)
def test_an_edited_text_is_told_apart(edit: tuple[str, str], fate: Fate) -> None:
    """The same words in other company, other words in the same place, or nothing of the kind."""
    newer = report(TEXT.replace(*edit))
    assert anchors(OLD, newer, newer={newer.id: OLD.id}).place(ruled(OLD, "n", "Ada Brenn")).fate is fate


def test_words_in_which_nothing_is_read_any_more_are_unread() -> None:
    """They are there, but no mention is."""
    nobody = Anchors([OLD.head], {OLD.id: OLD.text}, {})
    assert nobody.place(ruled(OLD, "n", "Ada Brenn")).fate is Fate.UNREAD


def test_copies_of_a_report_that_is_gone_are_looked_at_again() -> None:
    """Where several reports hold the words in the same place, the first stands for it, and a person should look."""
    copies = [report(TEXT, outlet=name) for name in ("A", "B")]
    place = anchors(*copies).place(ruled(OLD, "n", "Ada Brenn"))
    assert place.fate is Fate.EDITED
    assert place.mention == mention(min(copies, key=lambda r: r.id), "n", "Ada Brenn")


def test_a_whole_report_is_anchored_by_its_beginning() -> None:
    """A ruling on stories follows the report, too."""
    words = ids.mention_id(OLD.id, REPORT, 0, 60)
    again = report("\n" + TEXT)
    anchor = Anchor(words, OLD.span(0, 60), "", OLD.text[60:92])
    assert anchors(again).place(anchor).mention == ids.mention_id(again.id, REPORT, 1, 61)


def decision(ruling: Ruling, *anchor: Anchor, **more: str) -> Decision:
    return Decision(ruling=ruling, anchors=anchor, **more)


def test_settled_rulings_name_the_mentions_of_today() -> None:
    """Anchors and a value that is a mention move together."""
    again = report(TEXT, outlet="Sarn Gazette")
    who = ruled(OLD, "n", "Ivo Talmar")
    given = decision(Ruling.SET, ruled(OLD, "q", WORDS), who, field="speaker", value=who.mention)
    [made] = anchors(again).settled([given])
    assert made.value == mention(again, "n", "Ivo Talmar")
    assert [a.mention for a in made.anchors] == [mention(again, "q", f"“{WORDS}”"), made.value]


@pytest.mark.parametrize(
    "lost",
    [
        lambda: decision(Ruling.SAME, ruled(OLD, "n", "Ada Brenn"), ruled(OLD, "n", "Ivo Talmar")),
        lambda: decision(Ruling.REJECT, ruled(OLD, "n", "Ivo Talmar")),
        lambda: decision(
            Ruling.SET,
            ruled(OLD, "q", WORDS),
            ruled(OLD, "n", "Ivo Talmar"),
            field="speaker",
            value=mention(OLD, "n", "Ivo Talmar"),
        ),
    ],
)
def test_a_ruling_that_lost_its_words_waits(lost: object) -> None:
    """It changes nothing until they are back: half a pair, nothing to reject, nobody to set."""
    newer = report(TEXT.replace("Ivo Talmar", "an envoy"))
    made: Sequence[Decision] = anchors(OLD, newer, newer={newer.id: OLD.id}).settled([lost()])  # type: ignore[operator]
    assert made == ()
