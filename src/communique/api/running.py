"""Where the work is done."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from communique.errors import UsageError
from communique.settings import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from communique.run.tasks import Runner


@contextmanager
def runner(
    workers: int, limits: Limits = DEFAULT_LIMITS, *, model: bool = True, cluster: str | None = None
) -> Iterator["Runner"]:
    """Where stages run: a cluster, child processes, or this process for 0 workers.

    Raises:
        UsageError: the number of workers is negative, or the cluster's address is not safe.
        WorkerError: the cluster cannot be reached.
    """
    if workers < 0:
        message = f"{workers} workers: it takes 0 or more"
        raise UsageError(message)
    if workers == 0 and cluster is None:
        from communique.run.inline import Inline

        yield Inline()
        return
    from communique.pipeline import WARM

    if cluster is not None:
        from communique.run.cluster import Cluster

        with Cluster(cluster, limits, warm_up=WARM) as there:
            yield there
        return
    from communique.run.pool import Pool

    with Pool(workers, limits, warm_up=WARM if model else None) as pool:
        yield pool
