"""What can go wrong, as one tree.

::

    CommuniqueError
    ├── UsageError            the caller asked for something that makes no sense (exit 2)
    │   └── PathError         a path that does not exist or may not be read (exit 2, or 4 beside good ones)
    ├── NotFoundError         no report or fact has that address (exit 3)
    ├── SpanError             text does not stand where a span says it does
    ├── StoreError            the database cannot be opened, read or written (exit 1)
    │   ├── BusyError         another process is writing
    │   └── VersionError      the database is newer than this program, or is not ours
    └── WorkerError           a stage could not be carried out at all (exit 1)

Bad *input* is never an exception: it becomes a `Problem` row.
"""


class CommuniqueError(Exception):
    """Root of every error this package raises on purpose; its text is one line for a person."""

    exit_code = 1


class UsageError(CommuniqueError):
    """The caller asked for something that makes no sense."""

    exit_code = 2


class PathError(UsageError):
    """A path that does not exist, may not be read, or is not a regular file."""


class NotFoundError(CommuniqueError):
    """No report or fact has that address."""

    exit_code = 3


class SpanError(CommuniqueError):
    """The text at a span is not the text that the span claims."""


class StoreError(CommuniqueError):
    """The database cannot be opened, read or written."""


class BusyError(StoreError):
    """Another process is writing to the database."""


class VersionError(StoreError):
    """The database was made by a newer program, or by another one altogether."""


class WorkerError(CommuniqueError):
    """A stage could not be carried out at all, whatever the item."""
