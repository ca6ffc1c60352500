"""spaCy and the model that comes with Communiqué, without what nothing here reads: a worker starts sooner, holds less.

Left out are spaCy's command line, which brings a web client and more; a splitter of sentences beside the parser; and
the spellings of 700,000 words, since the words of a text bring their own. What is read stays the same, to the byte.
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import msgspec
import numpy as np
import numpy.typing as npt


def _without_command_line() -> None:
    """Import spaCy while its command line is empty; whoever asks for that later gets the real one."""
    if "spacy" in sys.modules:
        return
    empty = {name: ModuleType(name) for name in ("spacy.cli", "spacy.cli.info")}
    empty["spacy.cli.info"].__dict__["info"] = None
    sys.modules.update(empty)
    try:
        __import__("spacy")
    finally:
        for name in empty:
            del sys.modules[name]


_without_command_line()

import spacy  # noqa: E402 - after the above
from spacy.attrs import ORTH  # noqa: E402 - as above; compiled
from spacy.lang.en import English  # noqa: E402
from spacy.language import Language  # noqa: E402
from spacy.strings import StringStore  # noqa: E402
from spacy.vectors import BaseVectors  # noqa: E402
from spacy.vocab import create_vocab  # noqa: E402

#: A component of the model that is not run, and data that are loaded here instead.
_LEFT_OUT = ("senter", "vocab")


class _Vectors(BaseVectors):  # type: ignore[misc]  # compiled, without types
    """The vectors of a model, left in their file until a word asks for its own."""

    mode = "default"
    attr = ORTH
    name: str | None = None

    def __init__(self, folder: Path, strings: StringStore) -> None:
        """The vectors in the folder of a vocabulary."""
        self.strings = strings
        self.data: npt.NDArray[np.float32] = np.load(folder / "vectors", mmap_mode="r")
        self._rows = msgspec.msgpack.decode((folder / "key2row").read_bytes(), type=dict[int, int])

    def __contains__(self, key: int) -> bool:
        """Whether the word with a hash has a vector."""
        return key in self._rows

    def __getitem__(self, key: int) -> npt.NDArray[np.float32]:
        """The vector of a word, by the hash of its spelling."""
        vector: npt.NDArray[np.float32] = self.data[self._rows[key]]
        return vector

    def get_batch(self, keys: Iterable[int]) -> npt.NDArray[np.float32]:
        """The vectors of words, by the hashes of their spellings; zeros for a word without one."""
        rows = np.array([self._rows.get(key, -1) for key in np.asarray(keys, dtype=np.uint64).tolist()], dtype=np.intp)
        found = self.data[rows]
        found[rows < 0] = 0
        return found

    @property
    def shape(self) -> tuple[int, int]:
        """Vectors, and numbers in each."""
        return self.data.shape[0], self.data.shape[1]

    @property
    def size(self) -> int:
        """Numbers in all vectors."""
        return self.data.size

    @property
    def vectors_length(self) -> int:
        """Numbers in a vector."""
        return self.shape[1]

    @property
    def n_keys(self) -> int:
        """Words that have a vector."""
        return len(self._rows)

    def __len__(self) -> int:
        """Vectors."""
        return self.shape[0]


def load(folder: Path) -> Language:
    """The model in a folder, for reading alone.

    Raises:
        OSError: there is none.
    """
    vocab = create_vocab("en", English.Defaults)
    vocab.from_disk(folder / "vocab", exclude=["strings", "vectors"])
    vocab.vectors = _Vectors(folder / "vocab", vocab.strings)
    return spacy.load(folder, vocab=vocab, exclude=list(_LEFT_OUT))
