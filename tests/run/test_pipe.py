"""Messages between a pool and its workers."""

import datetime as dt
import os
import pickle
import socket
import sys
from collections import OrderedDict
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any, NamedTuple, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.run import pipe
from communique.run.tasks import Outcome

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary() | st.dates(),
    lambda part: st.lists(part) | st.dictionaries(st.text(), part) | st.tuples(part, part) | st.frozensets(st.text()),
    max_leaves=8,
)


class Pair(NamedTuple):
    """A named tuple that may cross."""

    left: int
    right: int


class Calls:
    """Pickles as a call of a function."""

    def __init__(self, function: Callable[..., Any], *values: object) -> None:
        """What to call with what."""
        self._call = function, values

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[object, ...]]:
        """The call."""
        return self._call


def body(message: object) -> bytes:
    """A packed message without its length."""
    return pipe.packed(message)[8:]


@given(PLAIN)
def test_plain_values_cross(value: object) -> None:
    """They come out equal."""
    assert pipe.unpacked(body(value)) == value


@pytest.mark.parametrize(
    "value", [Outcome("a", (1, 2)), Pair(1, 2), dt.timedelta(1), dt.datetime(2031, 5, 5, tzinfo=dt.UTC)], ids=repr
)
def test_records_cross(value: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Structs, named tuples and times come out equal."""
    monkeypatch.setitem(sys.modules, __name__, cast("ModuleType", SimpleNamespace(Pair=Pair)))
    assert pipe.unpacked(body(value)) == value


@pytest.mark.parametrize("value", [Calls(os.getpid), Calls(eval, "1"), Calls(getattr, 1, "real"), OrderedDict(a=1)])
def test_nothing_that_runs_code_crosses(value: object) -> None:
    """A message that names a function, or a class of another kind, is refused before anything is called."""
    with pytest.raises(pickle.UnpicklingError, match="may not cross"):
        pipe.unpacked(body(value))


def test_no_module_is_loaded_by_a_message() -> None:
    """A global of a module that is not loaded is refused; nothing is imported to find it."""
    message = b"\x80\x04cantigravity\nfly\n."
    with pytest.raises(pickle.UnpicklingError, match="antigravity"):
        pipe.unpacked(message)
    assert "antigravity" not in sys.modules


def test_messages_are_put_together_from_parts() -> None:
    """However the bytes arrive, whole messages come out, in order."""
    here, there = socket.socketpair()
    with here, there:
        inbox = pipe.Inbox(here, 1_000_000)
        data = pipe.packed("one") + pipe.packed("x" * 100_000)
        found = []
        for at in range(0, len(data), 777):
            there.sendall(data[at : at + 777])
            assert inbox.fetch()
            while (message := inbox.message()) is not None:
                found.append(pipe.unpacked(message))
        assert found == ["one", "x" * 100_000]
        assert inbox.fetch()
        there.close()
        assert not inbox.fetch()


def test_a_message_that_is_too_long_is_not_taken() -> None:
    """A worker that announces more than it may is as good as gone."""
    here, there = socket.socketpair()
    with here, there:
        there.sendall((10**15).to_bytes(8, "big") + b"xx")
        assert not pipe.Inbox(here, 1_000_000).fetch()
