"""Names that look like others: 60 pairs that are never one by likeness, each flagged, and transliterations that are."""

import pytest

from communique.ingest import lookalikes
from communique.model.problems import ProblemCode
from communique.text import names, scripts

NAMES = ("Pelo Moeti", "Tomas Vancea", "Ines Carvao", "Boris Aperna", "Kari Opsal", "Oscar Peixe")
#: Letters of Latin -> letters of Cyrillic, Greek and others that look the same.
CYRILLIC = {
    "a": "а",
    "e": "е",
    "o": "о",
    "p": "р",
    "c": "с",
    "x": "х",
    "i": "і",
    "P": "Р",
    "B": "В",
    "K": "К",
    "O": "О",
}
GREEK = {"o": "ο", "v": "ν", "i": "ι", "a": "α", "P": "Ρ", "B": "Β", "K": "Κ", "O": "Ο", "T": "Τ", "I": "Ι"}


def one_letter(name: str, letters: dict[str, str]) -> str:
    return next(name[:n] + letters[c] + name[n + 1 :] for n, c in enumerate(name) if c in letters)


def wide(name: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in name)


def styled(name: str) -> str:
    return "".join(chr(0x1D41A + ord(c) - ord("a")) if c.islower() else c for c in name)


WAYS = {
    "cyrillic": lambda n: one_letter(n, CYRILLIC),
    "greek": lambda n: one_letter(n, GREEK),
    "zero width": lambda n: n[:2] + "\u200b" + n[2:],
    "joiner": lambda n: n[:3] + "\u2060" + n[3:],
    "bidi": lambda n: n[:1] + "\u202e" + n[1:] + "\u202c",
    "isolate": lambda n: n[:2] + "\u2066" + n[2:],
    "combining": lambda n: n[:2] + "\u0335" + n[2:],
    "full width": wide,
    "styled": styled,
    "variation": lambda n: n[:4] + "\ufe00" + n[4:],
}
PAIRS = [(name, way) for name in NAMES for way in WAYS]


def test_there_are_sixty_pairs() -> None:
    """Six names, ten ways."""
    assert len(PAIRS) == 60


@pytest.mark.parametrize(("name", "way"), PAIRS)
def test_a_likeness_proves_nothing(name: str, way: str) -> None:
    """A name that hides characters or mixes scripts is never the name that it looks like, and is flagged."""
    other = WAYS[way](name)
    assert other != name
    assert scripts.is_suspect(other)
    assert not names.same_person(name, other)
    assert names.same_person(other, other)
    told = lookalikes.problems("a", f"On Monday {other} spoke to the press in Suva.")
    assert [p.code for p in told][:1] == [ProblemCode.LOOK_ALIKE]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Andrey Belov", "Andrei Belov"),
        ("Андрей Белов", "Andrei Belov"),
        ("Anna Jo\u0301nsdo\u0301ttir", "Anna Jónsdóttir"),
        ("Raúl Peña", "Raul Pena"),
        ("Elnur Həsənov", "Elnur Hesenov"),
        ("Ngô Đình Thuỷ", "Ngo Dinh Thuy"),
    ],
)
def test_ordinary_spellings_are_one(one: str, other: str) -> None:
    """Romanisations, accents and letters with their marks apart are ordinary: they are no look-alikes."""
    assert not scripts.is_suspect(one)
    assert names.same_person(one, other)
    assert lookalikes.problems("a", f"{one} and {other} spoke.") == ()


@pytest.mark.parametrize(
    "text", ["नमस्ते राहुल", "سلام\u200cبه همه", "soft\u00adhyphen", "word\u200b word", "東京 and 北京"]
)
def test_ordinary_text_is_not_flagged(text: str) -> None:
    """Joiners of scripts that need them, soft hyphens, breaks between words and single signs are no look-alikes."""
    assert lookalikes.problems("a", text) == ()
