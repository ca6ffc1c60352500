"""What the user named, as inputs one by one: files, folders, patterns, JSON lines, standard input, sidecars.

Nothing is lost in silence: what cannot be opened is in `Expansion.refused`, what is no file is a Problem.
"""

import glob
import io
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import IO

import msgspec

from communique.errors import PathError
from communique.ingest import formats, rows
from communique.ingest.decode import ONE_FOR_ONE
from communique.model.problems import Problem, ProblemCode
from communique.settings import DEFAULT_LIMITS, Limits

TEXT = "text"
JSONL = "jsonl"
STDIN = "-"

CSV = "csv"
_WARC = "warc"
_JSON = "json"  # a file of one object of the form of a JSON line
_CONTROL = re.compile("[\0-\x1f\x7f-\x9f]")
_CHUNK = 1 << 16
_SIDECAR_BYTES = 1 << 20
#: Files beside which `NAME.json` tells what they cannot.
_WITH_SIDECARS = (".txt", ".html", ".htm", ".md", ".csv", ".tsv")


class Hints(msgspec.Struct, frozen=True, kw_only=True):
    """What the caller knows of a report and its file cannot say; None where they do not."""

    published: str | None = None
    outlet: str | None = None
    language: str | None = None
    url: str | None = None
    given_id: str | None = None
    title: str | None = None

    def over(self, other: "Hints") -> "Hints":
        """These hints, with the other's where these say nothing."""
        known = {f: v for f in self.__struct_fields__ if (v := getattr(self, f)) is not None}
        return msgspec.structs.replace(other, **known)


class Source(msgspec.Struct, frozen=True):
    """One input: its name (last part of the path, or the given id of a JSON line), its bytes, and what is known of it.

    `data` of a file beyond the byte cap is one byte longer than the cap, never more.

    Attributes:
        name: as above.
        data: the bytes, or what stands before a row of a table (its header); b"" where `path` says where they are.
        format: the name of a row of `formats.FORMATS`.
        hints: what is known beside the bytes.
        declared: the encoding that the carrier declares.
        mapping: (column or key of the input, key of a JSON line) where they differ.
        path: of a file too large to be handed over; `place` is where in it the part begins.
        collected: when a collector took it, as ISO 8601.
        updated: when it was changed last, as what carries it says.
    """

    name: str
    data: bytes
    format: str = TEXT
    hints: Hints = Hints()
    declared: str | None = None
    mapping: tuple[tuple[str, str], ...] = ()
    path: str | None = None
    place: int = 0
    collected: str | None = None
    updated: str | None = None


class _Sidecar(msgspec.Struct):
    map: dict[str, str] = {}
    published: str | None = None
    source: str | None = None
    outlet: str | None = None
    lang: str | None = None
    language: str | None = None
    url: str | None = None
    id: str | None = None
    title: str | None = None

    def hints(self) -> Hints:
        return Hints(
            published=self.published,
            outlet=self.outlet or self.source,
            language=self.language or self.lang,
            url=self.url,
            given_id=self.id,
            title=self.title,
        )


class _Named(msgspec.Struct):
    id: str | int | None = None


class Expansion:
    """The inputs behind some paths, in their order, read as they are asked for.

    Iterate once. `refused` fills while iterating: one error for each path that does not exist, may not be read or is
    not a regular file.
    """

    def __init__(
        self,
        paths: Sequence[str],
        limits: Limits,
        hints: Hints,
        stdin: bytes | IO[bytes] | None,
        mapping: Mapping[str, str],
    ) -> None:
        """Nothing is opened before the first input is asked for."""
        self.refused: list[PathError] = []
        self._mapping = tuple(sorted(mapping.items()))
        self._paths = tuple(paths)
        self._limits = limits
        self._hints = hints
        self._stdin = stdin

    def __iter__(self) -> Iterator[Source | Problem]:
        """Every input, or the Problem that stands in its place."""
        for path in self._paths:
            yield from self._stream(self._stdin) if path == STDIN else self._path(path)

    def _path(self, path: str) -> Iterator[Source | Problem]:
        if "\0" in path:
            self._refuse(path, "no path can hold a NUL")
        elif os.path.lexists(path):
            yield from self._existing(path)
        elif glob.has_magic(path):
            matches = sorted(glob.glob(path, recursive=True), key=os.fsencode)  # noqa: PTH207 - keeps the path as typed
            for match in matches:
                yield from self._existing(match)
            if not matches:
                self._refuse(path, "nothing matches it")
        else:
            self._refuse(path, "no such file or folder")

    def _existing(self, path: str) -> Iterator[Source | Problem]:
        if not Path(path).is_dir():
            yield from self._file(path)
            return
        root = os.path.realpath(path)
        found, refused = False, len(self.refused)
        for entry in self._walk(path, root):
            found = True
            yield from (entry,) if isinstance(entry, Problem) else self._file(entry)
        if not found and len(self.refused) == refused:
            self._refuse(path, "the folder holds no file to read")

    def _walk(self, folder: str, root: str) -> Iterator[str | Problem]:
        """Regular files below a folder in the order of their names; names that begin with a dot are no inputs."""
        try:
            names = sorted(os.listdir(folder), key=os.fsencode)  # noqa: PTH208 - names, not paths
        except OSError as error:
            self._refuse(folder, _reason(error))
            return
        for name in names:
            path = os.path.join(folder, name)  # noqa: PTH118 - keeps the path as typed
            kind = _kind(path, root)
            if name.startswith(".") or _is_sidecar(path, names):
                continue
            if kind == "folder":
                yield from self._walk(path, root)
            elif kind == "file":
                yield path
            else:
                yield _problem(storable_name(path), ProblemCode.UNREADABLE, f"{kind}, so it was not read")

    def _file(self, path: str) -> Iterator[Source | Problem]:
        name = storable_name(path)
        try:
            with open(path, "rb", opener=_opener) as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    self._refuse(path, "not a regular file")
                else:
                    yield from self._opened(file, path, name)
        except OSError as error:
            self._refuse(path, _reason(error))

    def _opened(self, file: IO[bytes], path: str, name: str) -> Iterator[Source | Problem]:
        """The inputs of a file: many lines one by one, an archive by its path, anything else whole."""
        known, problem = _sidecar(path, name)
        if problem:
            yield problem
        form = formats.detect(name, file.read(formats.LOOK))
        file.seek(0)
        hints, mapping = known.hints().over(self._hints), tuple(sorted(known.map.items())) or self._mapping
        if form == JSONL:
            yield from _lines(file, name, Source("", b"", JSONL, hints, mapping=mapping), self._limits)
        elif form == CSV:
            yield from _table(file, name, Source("", b"", CSV, hints, mapping=mapping), self._limits)
        elif form == _WARC:
            yield Source(name, b"", form, hints, path=os.path.abspath(path))  # noqa: PTH100 - str paths throughout
        else:
            data = file.read(self._limits.report_bytes + 1)
            one = form == _JSON
            yield Source(_line_name(data, name) if one else name, data, JSONL if one else form, hints, mapping=mapping)

    def _stream(self, stdin: bytes | IO[bytes] | None) -> Iterator[Source | Problem]:
        """Standard input: JSON lines where it begins with a brace, else one file of any format but an archive."""
        if stdin is None:
            self._refuse(STDIN, "there is no standard input")
            return
        file = io.BufferedReader(_Raw(io.BytesIO(stdin) if isinstance(stdin, bytes) else stdin), _CHUNK)
        seen = file.peek(_CHUNK)
        form = formats.detect(STDIN, seen[: formats.LOOK])
        if form == TEXT and seen.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
            yield from _lines(file, STDIN, Source("", b"", JSONL, self._hints, mapping=self._mapping), self._limits)
        elif form == _WARC:
            yield _problem(STDIN, ProblemCode.FORMAT, "a web archive is read from a file, not from standard input")
        else:
            yield Source(STDIN, file.read(self._limits.report_bytes + 1), form, self._hints)

    def _refuse(self, path: str, why: str) -> None:
        self.refused.append(PathError(f"{storable_name(path, whole=True)}: {why}"))


class _Raw(io.RawIOBase):
    """A binary stream of any kind as a raw one, so that its beginning can be looked at."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._stream_read = stream.read

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream_read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def expand(
    paths: Sequence[str],
    limits: Limits = DEFAULT_LIMITS,
    hints: Hints = Hints(),  # noqa: B008 - frozen
    stdin: bytes | IO[bytes] | None = None,
    mapping: Mapping[str, str] = MappingProxyType({}),
) -> Expansion:
    """The inputs behind paths: files of any format, folders (recursive, sorted), patterns, and `-` for `stdin`.

    Args:
        paths: as the user typed them.
        limits: no file and no JSON line is read further than one byte past `report_bytes`.
        hints: what holds for every input; a sidecar or a JSON line may say otherwise.
        stdin: what `-` stands for.
        mapping: column of a table or key of a JSON line -> the key of a JSON line that it stands for.
    """
    return Expansion(paths, limits, hints, stdin, mapping)


def missing(paths: Iterable[str]) -> tuple[PathError, ...]:
    """One error for each path that names nothing at all: no file, no folder, no pattern, nothing to fetch."""
    nothing = (p for p in paths if p != STDIN and "://" not in p and "\0" not in p)
    return tuple(
        PathError(f"{storable_name(p, whole=True)}: no such file or folder")
        for p in nothing
        if not os.path.lexists(p) and not glob.has_magic(p)
    )


def storable_name(path: str, *, whole: bool = False) -> str:
    """The last part of a path (or the whole) as text any store and any terminal line can hold."""
    part = path if whole else os.path.basename(path.rstrip("/")) or path  # noqa: PTH119 - a Path would drop "."
    name = os.fsencode(part).decode("utf-8", ONE_FOR_ONE)
    return _CONTROL.sub("\ufffd", name)


def _opener(path: str, flags: int) -> int:
    """Open without waiting: a named pipe that nobody writes would hold us for ever."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "no permission to read it"
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    return (error.strerror or "cannot be read").lower()


def _kind(path: str, root: str) -> str:
    try:
        if os.path.islink(path):  # noqa: PTH114 - str paths throughout
            target = os.path.realpath(path, strict=True)
            if os.path.commonpath((target, root)) != root:
                return "a link out of the folder"
            if os.path.isdir(target):  # noqa: PTH112 - str paths throughout
                return "a link to another part of the folder"
        mode = os.stat(path).st_mode  # noqa: PTH116 - str paths throughout
    except OSError:
        return "a link that leads nowhere"
    if stat.S_ISDIR(mode):
        return "folder"
    return "file" if stat.S_ISREG(mode) else "not a regular file"


def _is_sidecar(path: str, names: Sequence[str]) -> bool:
    stem, ending = os.path.splitext(os.path.basename(path))  # noqa: PTH119, PTH122 - str paths throughout
    return ending == ".json" and any(f"{stem}{e}" in names for e in _WITH_SIDECARS)


def _sidecar(path: str, name: str) -> tuple[_Sidecar, Problem | None]:
    """What `NAME.json` beside `NAME.txt` (or `.html`, `.csv` …) says; a bad one is a Problem and costs nothing else."""
    stem, ending = os.path.splitext(path)  # noqa: PTH122 - str paths throughout
    beside = f"{stem}.json"
    if ending not in _WITH_SIDECARS or not os.path.isfile(beside):  # noqa: PTH113 - str paths throughout
        return _Sidecar(), None
    try:
        with open(beside, "rb", opener=_opener) as file:
            return msgspec.json.decode(file.read(_SIDECAR_BYTES), type=_Sidecar), None
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        why = f"the sidecar of {name} was not used: {error}"
        return _Sidecar(), _problem(storable_name(beside), ProblemCode.FORMAT, why)


def _lines(file: IO[bytes], name: str, like: Source, limits: Limits) -> Iterator[Source]:
    for number, line in rows.lines(file, limits.report_bytes):
        yield msgspec.structs.replace(like, name=_line_name(line, f"{name}:{number}"), data=line)


def _table(file: IO[bytes], name: str, like: Source, limits: Limits) -> Iterator[Source | Problem]:
    """Rows of a table, each with the header before it."""
    header, found = b"", False
    for number, row in rows.records(file, limits.report_bytes):
        if not header:
            header = row if row.endswith(b"\n") else row + b"\n"
            if len(header) > limits.header_bytes:
                text = f"the first row has more than header_bytes = {limits.header_bytes}: at least {len(header)} bytes"
                yield _problem(name, ProblemCode.TOO_LARGE, text)
                return
            continue
        found = True
        yield msgspec.structs.replace(like, name=f"{name}:{number}", data=header + row)
    if not found:
        yield _problem(name, ProblemCode.EMPTY, "the table has no row below its header")


def _line_name(line: bytes, otherwise: str) -> str:
    try:
        given = msgspec.json.decode(line, type=_Named).id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return otherwise
    return otherwise if given in (None, "") else _CONTROL.sub("\ufffd", str(given))


def _problem(name: str, code: ProblemCode, message: str) -> Problem:
    return Problem(input=name, stage="ingest", code=code, message=message)
