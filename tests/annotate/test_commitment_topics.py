"""What the words around a promise are about."""

from communique import testing
from communique.annotate import nlp
from communique.annotate.commitment_topics import Topics

FIRST = "The ministers spoke of the old bridge at Kelmar."
SECOND = "They agreed to draw up a plan."


def around(text: str, words: str) -> list[str]:
    """The sentences that say what some words are about."""
    report = testing.report(text)
    start = text.index(words)
    return [s.text for s in Topics(nlp.parse(report)).around(report.span(start, start + len(words)))]


def test_the_sentences_before_a_promise_say_what_it_is_about() -> None:
    """Its own sentence and those before it in the paragraph, in the order of the text."""
    assert around(f"{FIRST} {SECOND}", "to draw up") == [FIRST, SECOND]


def test_another_paragraph_says_nothing_of_it() -> None:
    """A topic does not cross the end of a paragraph."""
    assert around(f"{FIRST}\n\n{SECOND}", "to draw up") == [SECOND]
