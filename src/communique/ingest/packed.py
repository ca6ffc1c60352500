"""A file packed with gzip: one file inside, unpacked piece by piece under the caps, one level and no more."""

import zlib

import msgspec

from communique.ingest import formats
from communique.ingest.delivered import Parts, unopened
from communique.ingest.sources import Source
from communique.model.problems import ProblemCode
from communique.settings import Limits

_PIECE = 4096  # bytes unpacked at once
_MOST = 64 * 1024  # bytes that may come out of them at once
_MAGIC = b"\x1f\x8b"
_GZIP = 31  # window bits of gzip in zlib's terms
_BOTH = 47  # gzip or zlib, as its header says


class UnpackError(Exception):
    """Why a packed file was not unpacked."""

    def __init__(self, code: ProblemCode, message: str) -> None:
        """Keep both."""
        super().__init__(message)
        self.code = code


def open_(source: Source, limits: Limits) -> Parts:
    """The one file inside."""
    try:
        data = unpacked(source.data, limits, _GZIP)
    except UnpackError as error:
        return unopened(source, error.code, str(error))
    name = source.name.removesuffix(".gz")
    form = formats.detect(name, data[: formats.LOOK])
    if form in ("gzip", "warc"):
        return unopened(source, ProblemCode.FORMAT, "it is packed more than once")
    return Parts(parts=(msgspec.structs.replace(source, name=name, data=data, format=form),))


def unpacked(data: bytes, limits: Limits, window: int = _BOTH) -> bytes:
    """What was packed, all members one after the other.

    Raises:
        UnpackError: it is damaged or cut short, or larger than the caps allow.
    """
    out = bytearray()
    at = 0
    while at < len(data) and (not at or data.startswith(_MAGIC, at)):
        at = _member(data, at, out, limits, window)
    return bytes(out)


def _member(data: bytes, at: int, out: bytearray, limits: Limits, window: int) -> int:
    """Unpack the member that begins at a byte; says where it ends."""
    state = zlib.decompressobj(window)
    try:
        while not state.eof:
            piece = state.unconsumed_tail or data[at : at + _PIECE]
            at += 0 if state.unconsumed_tail else len(piece)
            if not piece:
                raise UnpackError(ProblemCode.CUT, f"it is cut short: {len(out)} bytes were unpacked")
            out += state.decompress(piece, _MOST)
            _check(len(out), len(data), limits)
    except zlib.error as error:
        message = f"it is damaged: {error}"
        raise UnpackError(ProblemCode.FORMAT, message) from error
    return at - len(state.unused_data)


def _check(size: int, packed: int, limits: Limits) -> None:
    if size > limits.unpacked_bytes:
        message = f"more than unpacked_bytes = {limits.unpacked_bytes}: at least {size} bytes unpacked"
        raise UnpackError(ProblemCode.TOO_LARGE, message)
    if size > limits.unpacked_free_bytes and size > limits.unpacked_ratio * packed:
        message = f"more than unpacked_ratio = {limits.unpacked_ratio} to one: {size} bytes of {packed}"
        raise UnpackError(ProblemCode.TOO_LARGE, message)
