"""Through what a quotation came to the newsroom."""

import pytest

from communique.annotate.channels import channels


def found(text: str, outside: tuple[tuple[int, int], ...] = ()) -> list[str]:
    """The channels of a sentence."""
    return [c.value for c in channels(text, 0, len(text), outside=outside)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Torres posted on X: ...", ["post on X"]),
        ("the ministry said in a statement released in Lima", ["statement"]),
        ("Torres said, as quoted by the Chilean Navy", ["quoted by the Chilean Navy"]),
        ("Torres told the Vesk Times that", ["told the Vesk Times"]),
        ("Torres told reporters in Lima", ["told reporters"]),
        ("Torres told the Swedish ambassador", []),
        ("Torres said at the meeting", ["remarks at the meeting"]),
        ("Torres said in a Facebook post", ["post on Facebook"]),
        ("Torres said at a press conference after the talks", ["press conference", "remarks at the talks"]),
    ],
)
def test_the_words_beside_a_quotation_name_its_channel(text: str, values: list[str]) -> None:
    """A post, a statement, another body, a newsroom, a meeting: each kind once, in the order of the rules."""
    assert found(text) == values


def test_words_that_are_said_name_no_channel() -> None:
    """A post that somebody speaks of is not the way by which the words came."""
    text = "Torres said the post on X was false"
    assert found(text, ((12, len(text)),)) == []


def test_every_channel_has_the_characters_that_state_it() -> None:
    """The evidence lies in the text."""
    text = "Torres told the Vesk Times in a statement"
    for channel in channels(text, 0, len(text)):
        assert channel.value.split()[-1] in text[channel.start : channel.end]
