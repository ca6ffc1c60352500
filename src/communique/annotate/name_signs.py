"""What beside a name says that it is a person's, whatever the parser takes it for."""

from communique.annotate import lexicon
from communique.annotate.words import Stretch, after_possessive

#: Words by which a name is known as that of a body.
_BODY_WORDS = lexicon.word_set("bodies-heads") | lexicon.word_set("offices-organs")
_QUOTES = frozenset('"“”„«»')
#: So many words the name of a country has before an apostrophe; so far a pronoun stands from a name.
_MOST_OWNER, _SOON = 6, 20


def speak(stretch: Stretch, first: int, last: int) -> int:
    """How many signs say that the words from `first` up to `last` are a person's name, 0 to 2."""
    return _owned(stretch, first, last) + _stood_for(stretch, first, last)


def owner(stretch: Stretch, first: int) -> str:
    """The country before a name with an apostrophe, as in "Peru's Ana Kos"; "" where there is none."""
    words = stretch.words
    for at in range(max(0, first - _MOST_OWNER), first):
        hit = lexicon.geography().match(words, at)
        if hit is not None and hit.entry.sort == "country" and hit.end < first == after_possessive(words, hit.end):
            return hit.entry.value
    return ""


def _owned(stretch: Stretch, first: int, last: int) -> bool:
    """Whether a country owns two words or more, none of them a body's."""
    named = stretch.words[first:last]
    return len(named) > 1 and bool(owner(stretch, first)) and not any(w.low in _BODY_WORDS for w in named)


def _stood_for(stretch: Stretch, first: int, last: int) -> bool:
    """Whether "he" or "she" follows, and nobody else is named between: "Ana Kos frowned. The sum, she said, left."."""
    words = stretch.words
    for at in range(last, min(len(words), last + _SOON)):
        word, token = words[at], stretch.tokens[at]
        if stretch.sentence[at] > stretch.sentence[first] + 1 or word.text in _QUOTES:
            return False
        if word.low in ("he", "she") and token.dep_ in ("nsubj", "nsubjpass"):
            return True
        if word.capital and not token.is_sent_start:
            return False
    return False
