"""Files that are whole or absent: whatever ends the program, the old file or folder is there, or the new one."""

import ctypes
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from communique.errors import PathError

#: A plain file name on every system: no folder, no drive, no stream, nothing hidden.
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,100}")
#: renameat2 of Linux: `AT_FDCWD` and the flag that makes two names change places at one stroke.
_HERE, _EXCHANGE = -100, 2


def to_file(data: bytes, path: Path) -> None:
    """Write a file, whole or not at all.

    Raises:
        PathError: it cannot be written; the text says why.
    """
    with _told(path):
        partial = _beside(path)
        try:
            _written(partial, data)
            partial.replace(path)
            _settled(path.parent)
        except BaseException:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
            raise


def to_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Write a folder of files, whole or not at all; an older export in its place goes.

    Args:
        files: name -> content; names are plain file names of ours.
        folder: where; new, empty, or holding nothing but files of these names.

    Raises:
        PathError: it cannot be written, or holds other files; the text says so.
    """
    with _told(folder):
        _refuse_others(files, folder)
        partial = _beside(folder)
        shutil.rmtree(partial, ignore_errors=True)
        try:
            partial.mkdir()
            for name, data in files.items():
                _written(partial / name, data)
            _settled(partial)
            _put_in_place(partial, folder)
            _settled(folder.parent)
        finally:
            shutil.rmtree(partial, ignore_errors=True)


def _refuse_others(files: Mapping[str, bytes], folder: Path) -> None:
    bad = [name for name in files if not _NAME.fullmatch(name)]
    if bad:
        message = f"{bad[0]!r} is no plain file name"
        raise PathError(message)
    others = sorted(p.name for p in folder.iterdir() if p.name not in files) if folder.is_dir() else []
    if others:
        message = f"{folder} holds other files, such as {others[0]!r}: name a new or an empty folder"
        raise PathError(message)


def _put_in_place(partial: Path, folder: Path) -> None:
    """The new folder under the wanted name; the old one, where there is one, under the name of the new."""
    if not folder.exists():
        partial.rename(folder)
    elif not _exchanged(partial, folder):
        # Where two names cannot change places, the wanted one is absent for a moment, and never half.
        aside = folder.with_name(f".{folder.name}.{os.getpid()}.old")
        folder.rename(aside)
        partial.rename(folder)
        shutil.rmtree(aside)


def _exchanged(one: Path, other: Path) -> bool:
    if sys.platform != "linux":
        return False
    exchange = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return exchange is not None and exchange(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0


def _beside(path: Path) -> Path:
    """A name in the same folder that nobody else uses at this moment."""
    return path.with_name(f".{path.name}.{os.getpid()}.part")


def _written(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _settled(folder: Path) -> None:
    """Names of a folder on the disk as well; where folders cannot be opened, the system sees to that."""
    with suppress(OSError):
        there = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(there)
        finally:
            os.close(there)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror or error}"
        raise PathError(message) from error
