"""A line between a program and a PostgreSQL server that is cut after so many of the program's messages."""

import contextlib
import shutil
import socket
import threading
from pathlib import Path
from types import TracebackType
from typing import Final, Self

SOCKET: Final = ".s.PGSQL.5432"
#: Bytes of a message's head: one for its kind, four for its length, which counts itself.
HEAD: Final = 5


class Wire:
    """Listens on a socket in a folder of its own and hands on, message by message, what a program says."""

    def __init__(self, server: Path, folder: Path) -> None:
        """A whole line to the server whose socket is in `server`; `folder` is where the program connects to."""
        self.folder = folder
        self.said = 0
        self.cut_after: int | None = None
        self._server = str(server / SOCKET)
        self._ends: list[socket.socket] = []
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(folder / SOCKET))
        self._listening.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                program, _ = self._listening.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._server)
                self._ends += [program, server]
                threading.Thread(target=self._hear, args=(program, server), daemon=True).start()
                threading.Thread(target=self._answer, args=(server, program), daemon=True).start()

    def _answer(self, server: socket.socket, program: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(1 << 16):
                program.sendall(data)
        self._close(program, server)

    def _hear(self, program: socket.socket, server: socket.socket) -> None:
        """The first message has no kind; each later one has."""
        held = b""
        first = True
        with contextlib.suppress(OSError):
            while data := program.recv(1 << 16):
                held += data
                while len(held) >= HEAD:
                    length = int.from_bytes(held[:4]) if first else 1 + int.from_bytes(held[1:HEAD])
                    if len(held) < length:
                        break
                    server.sendall(held[:length])
                    held, first = held[length:], False
                    self.said += 1
                    if self.said == self.cut_after:
                        return self._cut()
        return self._close(program, server)

    def _cut(self) -> None:
        """Every line is dead from now on, until it is mended."""
        self._close(*self._ends)

    def _close(self, *ends: socket.socket) -> None:
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def whole(self) -> None:
        """Mend it, and count from nothing."""
        self.said, self.cut_after = 0, None

    def close(self) -> None:
        """Listen no longer."""
        self._close(self._listening, *self._ends)
        with contextlib.suppress(OSError):
            (self.folder / SOCKET).unlink()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        """The line itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()
