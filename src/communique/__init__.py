"""Communiqué: the system of record for intergovernmental commissions and summits.

Reports go in, one record comes out, and every fact points to the characters that state it. `open` a database, or
`read` one text, or make a `record` in memory; see `communique.api`.
"""

from typing import TYPE_CHECKING, Any

from communique.settings import VERSION as __version__  # noqa: N811 - the name that Python expects

if TYPE_CHECKING:
    from communique.api import Communique, open, read, record  # noqa: A004 - read as communique.open

__all__ = ["Communique", "__version__", "open", "read", "record"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """The library's entry points, loaded when they are first asked for."""
    if name not in __all__:
        message = f"module 'communique' has no attribute {name!r}"
        raise AttributeError(message)
    from communique import api  # noqa: PLC0415 - loading it costs what a mere import should not

    return getattr(api, name)
