"""Countries that no table knows: what a report gives ministers, an embassy or a republic is a country there.

One strong sign is enough ("X's Foreign Minister", "the Republic of X"); of the weak ones ("the government of X") it
takes two. Names that the tables know as something else are left alone.
"""

import re
from collections.abc import Iterator

from communique.annotate import lexicon

_WORD = r"[A-Z][a-zé]{2,20}"
_OFFICE = r"(?:[A-Z][a-z]+ ){0,2}(?:[Mm]inister|[Aa]mbassador|[Pp]rime [Mm]inister)"
_TWO = rf"(?P<name>{_WORD})[-–](?P<other>{_WORD})"
_HAVING = "(?:government|parliament|embassy|cabinet|[Pp]resident|[Kk]ing)"
_STRONG = (
    re.compile(rf"\b(?P<name>{_WORD})[’']s (?:[a-z]+ )?{_OFFICE}\b"),
    re.compile(rf"\b(?:Minister|Ambassador|Premier)(?: [A-Z][\w.’'-]{{0,20}}){{0,3}} of (?P<name>{_WORD})\b"),
    re.compile(rf"\b(?:Republic|Kingdom|Federation|Commonwealth) of (?P<name>{_WORD})\b"),
    re.compile(rf"\b{_TWO} (?:Joint|Inter-?[Gg]overnmental|Bilateral|Binational|Mixed)\b"),
)
_WEAK = (
    re.compile(rf"\b[Gg]overnments? of (?P<name>{_WORD})\b"),
    re.compile(rf"\b(?P<name>{_WORD})[’']s (?:[a-z]+ )?{_HAVING}\b"),
    re.compile(rf"\b(?:President|King|Queen|Chancellor)(?: [A-Z][\w.’'-]{{0,20}}){{0,3}} of (?P<name>{_WORD})\b"),
    re.compile(rf"\b(?:between|both) (?P<name>{_WORD}) and (?P<other>{_WORD})\b"),
    re.compile(rf"\b(?P<name>{_WORD}) and (?P<other>{_WORD}) (?:have )?(?:signed|agreed|will|share)\b"),
    re.compile(rf"\b{_TWO} (?:relations|talks|border|treaty|summit|cooperation)\b"),
)
_PAIR = 2


def unknown(text: str) -> tuple[str, ...]:
    """The countries of a report that no table knows, sorted."""
    weak: dict[str, set[int]] = {}
    for number, pattern in enumerate(_WEAK):
        for name in _names(pattern, text):
            weak.setdefault(name, set()).add(number)
    strong = {name for pattern in _STRONG for name in _names(pattern, text)}
    found = strong | {name for name, kinds in weak.items() if len(kinds) >= _PAIR}
    return tuple(sorted(name for name in found if not _known(name)))


def _names(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for match in pattern.finditer(text):
        yield from (name for name in match.groupdict().values() if name)


def _known(name: str) -> bool:
    """Whether a word is known as something else: a place, an organisation, a portfolio, a month, a common word."""
    low = name.casefold()
    listed = low in lexicon.portfolio_words() or low in lexicon.word_set("names-never")
    tables = (lexicon.geography(), lexicon.forums(), lexicon.offices())
    if listed or any(table.begins(low) for table in tables):
        return True
    return low in lexicon.word_set("names-calendar") or low in _NO_STATES


_NO_STATES = frozenset(
    (
        *("state", "government", "cabinet", "council", "parliament", "commission", "affairs", "finance", "president"),
        *("minister", "today", "yesterday"),
    )
)
