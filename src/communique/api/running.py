"""Where the work is done."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from communique.errors import UsageError
from communique.run.tasks import INGEST, WARM
from communique.settings import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from communique.run.tasks import Runner

#: Bytes of a file that one worker reads in less time than it takes to start another.
_LITTLE = 1 << 16


@contextmanager
def runner(
    workers: int,
    limits: Limits = DEFAULT_LIMITS,
    *,
    model: bool = True,
    cluster: str | None = None,
    inputs: object = (),
) -> Iterator["Runner"]:
    """Where stages run: a cluster, child processes, or this process for 0 workers.

    Args:
        workers: child processes at most.
        limits: the caps.
        model: whether reports will be annotated as well.
        cluster: address of a scheduler, in the place of child processes.
        inputs: what will be added: child processes that it needs start at once, and load while the caller goes on.

    Raises:
        UsageError: the number of workers is negative, or the cluster's address is not safe.
        WorkerError: the cluster cannot be reached.
    """
    if workers < 0:
        message = f"{workers} workers: it takes 0 or more"
        raise UsageError(message)
    if cluster is not None:
        from communique.run.cluster import Cluster

        with Cluster(cluster, limits, warm_up=WARM) as there:
            yield there
    elif workers == 0:
        from communique.run.inline import Inline

        yield Inline()
    else:
        from communique.run.pool import Pool

        with Pool(workers, limits, warm_up=WARM if model else None) as pool:
            pool.start(INGEST, _at_once(inputs, workers))
            yield pool


def _at_once(inputs: object, workers: int) -> int:
    """How many workers some inputs of `add` surely keep busy; more are started where they turn out to be needed."""
    if isinstance(inputs, list | tuple) and len(inputs) == 1:
        inputs = inputs[0]
    if not isinstance(inputs, str | Path):
        return min(workers, len(inputs)) if isinstance(inputs, list | tuple) else 0
    path = Path(inputs)
    try:
        return 1 if path.is_file() and path.stat().st_size <= _LITTLE else workers
    except (OSError, ValueError):
        return 0
