"""Messages between a pool and its workers: a length and a pickle, over a socket.

What a worker sends back was made beside hostile input, so the pool reads it with an unpickler that knows plain
values, dates, enumerations, named tuples and msgspec Structs, and nothing that could run code.
"""

import datetime as dt
import enum
import importlib
import io
import pickle
import socket
import struct
import sys
from typing import Any, Final

import msgspec
from msgspec import _utils

_LENGTH: Final = struct.Struct(">Q")
_CHUNK: Final = 1 << 16
#: How msgspec makes a Struct with keyword-only fields anew.
_REBUILD: Final = _utils.rebuild  # type: ignore[attr-defined]  # compiled, without types
_PLAIN: Final = (dt.date, dt.datetime, dt.timedelta, dt.timezone, _REBUILD)
_OWN: Final = "communique."


class Strict(pickle.Unpickler):
    """Reads plain values, dates, enumerations, named tuples and msgspec Structs; refuses every other global."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - a class or function of any kind
        """The global of that name, where it may cross."""
        if module not in sys.modules and module.startswith(_OWN):
            importlib.import_module(module)
        found = getattr(sys.modules.get(module), name, None)
        is_data = isinstance(found, type) and issubclass(found, (msgspec.Struct, enum.Enum, tuple))
        if is_data or any(found is plain for plain in _PLAIN):
            return found
        message = f"{module}.{name} may not cross between processes"
        raise pickle.UnpicklingError(message)


def packed(message: object) -> bytes:
    """A message as it goes over the socket."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(data)) + data


def receive(end: socket.socket) -> Any:  # noqa: ANN401 - whatever the pool sent
    """The next message, in a worker, which trusts its pool; waits for it.

    Raises:
        EOFError: the pool is gone.
    """
    (length,) = _LENGTH.unpack(_exactly(end, _LENGTH.size))
    return pickle.loads(_exactly(end, length))  # noqa: S301 - it comes from the process that started this one


def _exactly(end: socket.socket, count: int) -> bytes:
    data = bytearray()
    while len(data) < count:
        part = end.recv(min(count - len(data), _CHUNK))
        if not part:
            raise EOFError
        data += part
    return bytes(data)


class Inbox:
    """Puts the messages of one worker together from what has arrived; never waits."""

    def __init__(self, end: socket.socket, longest: int) -> None:
        """An inbox for one socket.

        Args:
            end: the pool's end.
            longest: bytes of the longest message that is taken.
        """
        self._end = end
        self._longest = longest
        self._data = bytearray()

    def fetch(self) -> bool:
        """Take in what is there; False where the worker is gone or says more than it may."""
        try:
            part = self._end.recv(_CHUNK, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return True
        except OSError:
            return False
        self._data += part
        return bool(part) and self._wanted() <= self._longest

    def _wanted(self) -> int:
        return int(_LENGTH.unpack_from(self._data)[0]) if len(self._data) >= _LENGTH.size else 0

    def message(self) -> bytes | None:
        """The next whole message, still packed; None where it is not yet whole."""
        end = _LENGTH.size + self._wanted()
        if len(self._data) < end or len(self._data) < _LENGTH.size:
            return None
        data = bytes(self._data[_LENGTH.size : end])
        del self._data[:end]
        return data


def unpacked(data: bytes) -> Any:  # noqa: ANN401 - whatever the worker sent
    """What a worker's message says.

    Raises:
        Exception: it holds something that may not cross, or is no message at all.
    """
    return Strict(io.BytesIO(data)).load()
