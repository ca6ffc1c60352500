"""Likeness of names: whether two spellings may be one person's, and the key under which a body's names meet."""

import functools
import importlib.resources
import re

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

from communique.text import scripts

#: Small words inside a name; they neither tell two persons apart nor stand alone.
PARTICLES = frozenset(
    [
        "al",
        "el",
        "ad",
        "as",
        "an",
        "at",
        "ar",
        "ul",
        "ur",
        "bin",
        "ibn",
        "ben",
        "bint",
        "abu",
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "das",
        "do",
        "dos",
        "du",
        "la",
        "le",
        "ter",
        "ten",
        "af",
        "av",
        "zu",
        "y",
        "e",
    ]
)
_WORD = re.compile(r"[^\W_]+")
_ARTICLE = re.compile(r"^(?:al|el)(?=.{4})")
_GLUE = re.compile(r"[-‐‑–’'‘`]")
_JOINED = re.compile(r"(?i)\b(inter|co|multi|sub|non|anti)[-‐‑]")
_SMALL = frozenset(["the", "of", "on", "for", "and", "in", "to", "a", "an", "between", "with"])
_SPELLINGS = (
    ("programme", "program"),
    ("organisation", "organization"),
    ("centre", "center"),
    ("defence", "defense"),
    ("cooperative", "cooperation"),
    ("labour", "labor"),
)
#: Written differences between romanisations of one sound, longest first.
_SOUNDS = (
    ("shch", "sh"), ("tsch", "ch"), ("sch", "sh"), ("kh", "h"), ("ph", "f"), ("dj", "j"), ("dzh", "j"), ("zh", "j"),
    ("gh", "g"), ("ck", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ks", "x"), ("iy", "i"), ("yi", "i"), ("ij", "i"),
    ("ei", "i"), ("ey", "i"), ("ai", "i"), ("ay", "i"), ("y", "i"), ("w", "v"), ("q", "k"), ("c", "k"), ("z", "s"),
)  # fmt: skip
#: A syllable of a Korean name in the usual romanisations.
_SYLLABLE = (
    r"(?:kk|tt|pp|ss|jj|ch|sh|[bdghjklmnprst])?"
    r"(?:y?eo|y?ae|y?[aeou]|w[aeio]|wae|eu|ui|oe|oo|ee|i|you|oi)(?:ng|ck|[bgklmnpth])?"
)
_KOREAN = re.compile(rf"(?i){_SYLLABLE} {_SYLLABLE}[-‐‑]{_SYLLABLE}")
_DOUBLE = re.compile(r"(.)\1+")
#: An "h" that some romanisations write behind a last vowel: Sarah, Sara.
_MUTE = re.compile(r"(?<=[aeiou])h\Z")
_APART = re.compile(r"[\s.,]+")
_LONG_ENOUGH = 5
_SHORT_MIN = 2
_PARTS = 2
#: So many letters of a given name say which it is.
_BEGINNING = 3
#: So many letters has the word of a name that stands whole in the name of an account.
ACCOUNT_WORD = 4


@functools.lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A name in lower-case ASCII without marks, its apostrophes and hyphens gone."""
    return anyascii(_GLUE.sub("", text)).casefold()


@functools.lru_cache(maxsize=20_000)
def name_parts(name: str) -> tuple[str, ...]:
    """The words of a person's name in lower-case ASCII, particles left out unless nothing else remains.

    Hyphenated words are one part ("Ki-moon" and "Ki Moon" differ only here; `same_person` bridges them).
    """
    parts = tuple(plain(w) for w in _APART.split(name) if plain(w))
    if korean(name):
        return parts
    bare = (_ARTICLE.sub("", p) if _has_article(p, name) else p for p in parts)
    return tuple(p for p in bare if p not in PARTICLES) or parts


@functools.lru_cache(maxsize=20_000)
def korean(name: str) -> bool:
    """Whether a name has the form of a Korean one: a family name, and two syllables with a hyphen ("Do Min-ho").

    A family name of that kind may look like a particle ("Do", "An").
    """
    return _KOREAN.fullmatch(name) is not None


def _has_article(part: str, name: str) -> bool:
    return part[:2] in ("al", "el") and bool(re.search(rf"(?i)\b{part[:2]}[-’' ]", name))


@functools.lru_cache(maxsize=20_000)
def skeleton(part: str) -> str:
    """What stays of a name's word when romanisations differ: sounds evened out, vowels after the first letter gone."""
    text = plain(part)
    for written, sound in _SOUNDS:
        text = text.replace(written, sound)
    text = _MUTE.sub("", _DOUBLE.sub(r"\1", text))
    return text[:1] + re.sub(r"[aeiou]", "", text[1:])


@functools.cache
def _nicknames() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    table = importlib.resources.files("communique.data").joinpath("nicknames.tsv").read_text("utf-8")
    for number, line in enumerate(table.splitlines()):
        if not line.startswith("#"):
            for form in line.split(","):
                groups.setdefault(plain(form), set()).add(number)
    return {form: frozenset(numbers) for form, numbers in groups.items()}


def same_word(one: str, other: str) -> bool:
    """Whether two words of names are spellings of one word: equal when romanised alike, or one slip apart if long."""
    a, b = plain(one), plain(other)
    if a == b:
        return True
    if skeleton(a) == skeleton(b) and a[:1] == b[:1]:
        return Levenshtein.distance(a, b) <= max(1, min(len(a), len(b)) // 3)
    return min(len(a), len(b)) > _LONG_ENOUGH and a[:1] == b[:1] and Levenshtein.distance(a, b) <= 1


def same_given(one: str, other: str) -> bool:
    """Whether two given names may be one person's: spellings, an initial, or a short form such as Mike for Michael."""
    a, b = plain(one), plain(other)
    if min(len(a), len(b)) == 1:
        return a[:1] == b[:1]
    return same_word(a, b) or bool(_nicknames().get(a, frozenset()) & _nicknames().get(b, frozenset()))


def same_person(a: str, b: str) -> bool:
    """Whether two full names may be one person's; a name of one word is only like itself.

    Words may be missing in the middle ("Ada M. Brenn", "Ada Brenn"), the order may be turned
    ("Abe Shinzo", "Shinzo Abe"), and spellings may differ as romanisations do ("Andrei", "Andrey"). A name that hides
    characters or mixes scripts is only itself: its likeness to another proves nothing.
    """
    one, other = name_parts(a), name_parts(b)
    if not one or not other or (a != b and (scripts.is_suspect(a) or scripts.is_suspect(b))):
        return False
    if "".join(sorted(one)) == "".join(sorted(other)) or "".join(one) == "".join(other):
        return True
    if len(one) == 1 or len(other) == 1:
        return len(one) == len(other) and same_word(one[0], other[0])
    if same_word(one[-1], other[-1]) and same_given(one[0], other[0]):
        return _middles(one[1:-1], other[1:-1])
    if same_word(one[0], other[-1]) and same_word(one[-1], other[0]):
        return True
    short, long = sorted((one, other), key=len)
    return len(short) < len(long) and _held(short, long)


def same_holder(a: str, b: str) -> bool:
    """Whether two full names may be one person's where both stand beside one office of one country.

    The office vouches for more than spelling alone does: a given name may be cut short ("Thandiwe", "Thandi") or be
    written as no romanisation would ("Bridget", "Brigid"), and so may the last word of the name.
    """
    one, other = name_parts(a), name_parts(b)
    if len(one) < _PARTS or len(other) < _PARTS or scripts.is_suspect(a) or scripts.is_suspect(b):
        return False
    return same_person(a, b) or (_near(one[0], other[0]) and _near(one[-1], other[-1]))


def _near(one: str, other: str) -> bool:
    """Whether two words begin alike, and one is the beginning of the other or differs from it by a third at most."""
    short, long = sorted((one, other), key=len)
    if one == other or same_given(one, other):
        return True
    if len(short) < _BEGINNING or short[0] != long[0]:
        return False
    return long.startswith(short) or Levenshtein.distance(one, other) <= len(long) // 3


def spells(account: str, name: str) -> bool:
    """Whether the name of an account is made of a person's name: its words in order, whole or begun, one of them whole.

    "mfibarra" and "ibarraq" for "Maria Fernanda Ibarra Quiroga", "singh_office" for "Rajan Singh".
    """
    parts = tuple(p for w in name.split() if (p := plain(w)))
    letters = [plain(x) for x in re.split(r"[_.\d]+", account) if x]
    joined = "".join(letters)
    tries = {joined, *letters[:1]} if letters else set()
    return any(_account(t, parts[n:] + parts[:n]) for t in tries for n in range(len(parts)))


def _account(letters: str, parts: tuple[str, ...]) -> bool:
    whole = any(len(p) >= ACCOUNT_WORD and p in letters for p in parts)
    return whole and any(_spelled(letters, parts[n:]) for n in range(len(parts)))


def _middles(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = sorted((one, other), key=len)
    if short and all(len(w) == 1 for w in (*short, *long)):
        return short == long
    return all(any(same_given(s, t) for t in long) for s in short)


def _held(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the words of the short name stand in the long one in order, with its first word or its last."""
    if not (same_given(short[0], long[0]) or same_word(short[-1], long[-1])):
        return False
    rest = iter(long)
    return all(any(same_word(s, t) for t in rest) for s in short)


def body_key(name: str) -> str:
    """The key under which the names of one body meet.

    Case, "&" and "and", hyphens ("Inter-Governmental"), small words and British or American spelling make no
    difference; the order of the words is kept.
    """
    text = anyascii(_JOINED.sub(r"\1", name.replace("&", " and ").replace("’", "").replace("'", ""))).casefold()
    text = re.sub(r"(?<=[a-z])s\b(?<!ss)", "", text)
    for british, american in _SPELLINGS:
        text = text.replace(british, american)
    return "-".join(w for w in _WORD.findall(text) if w not in _SMALL)


def short_of(short: str, long: str) -> bool:
    """Whether a short form may stand for a long name: its capitals are initials of the long name's words, in order.

    "ATJC-R&FP" for "Arvenia-Tormalia Joint Commission on Rivers and Flood Protection";
    plain words of the short form ("Plus") must stand in the long one.
    """
    letters = plain(re.sub(r"[^A-Za-z0-9]", "", anyascii(short)))
    if len(letters) < _SHORT_MIN:
        return False
    words = [w.casefold() for w in _WORD.findall(anyascii(long.replace("&", " and ")))]
    full = [w for w in words if w not in _SMALL]
    return any(_spelled(letters, tuple(ws)) for ws in (full, words))


def _spelled(letters: str, words: tuple[str, ...]) -> bool:
    """Whether the letters can be read off the words: each word gives a beginning of itself, the first one always."""
    reach = {0}
    for number, word in enumerate(words):
        following = set() if number == 0 else set(reach)
        for at in reach:
            taken = 0
            while at + taken < len(letters) and taken < len(word) and letters[at + taken] == word[taken]:
                taken += 1
                following.add(at + taken)
        reach = following
    return len(letters) in reach
