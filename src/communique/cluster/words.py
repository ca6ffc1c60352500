"""The room's word lists, read once from `data/grouping.toml`."""

import functools
import importlib.resources
import tomllib


@functools.cache
def word_list(name: str) -> tuple[str, ...]:
    """A word list in its order.

    Raises:
        KeyError: the table has no such list.
    """
    table = importlib.resources.files("communique.data").joinpath("grouping.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(table)[name])


def word_set(name: str) -> frozenset[str]:
    """A word list as a set; never to be iterated into output."""
    return frozenset(word_list(name))
