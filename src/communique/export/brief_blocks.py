"""What a brief consists of when it is read back."""

import msgspec

from communique.settings import MIB

#: Largest file, and largest content of it, that is read.
MOST_BYTES = 20 * MIB
#: Stands where a reader would see something that no text says.
UNSEEN = "⟨changed⟩"


class Block(msgspec.Struct, frozen=True):
    """One heading or sentence.

    Attributes:
        text: what a reader sees, blanks folded.
        notes: the text of each footnote behind it; empty for a mark that leads nowhere.
        heading: whether it heads what follows.
    """

    text: str
    notes: tuple[str, ...] = ()
    heading: bool = False


def folded(text: str) -> str:
    """A text with its blanks folded."""
    return " ".join(text.split())
