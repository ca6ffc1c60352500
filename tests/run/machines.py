"""A scheduler and workers as processes of their own, to be killed."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from communique.errors import WorkerError
from communique.run.cluster import Cluster


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Machines:
    """A scheduler and workers as processes of their own."""

    def __init__(self, folder: Path, workers: int) -> None:
        self.address = f"tcp://127.0.0.1:{free_port()}"
        port = self.address.rpartition(":")[2]
        common = ["--no-dashboard"]
        here = str(Path(__file__).parent)
        self._environment = {**os.environ, "PYTHONPATH": here}
        self._folder = folder
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", port, *common)
        options = ("--nthreads", "1", "--host", "127.0.0.1", "--no-nanny", "--death-timeout", "30", *common)
        self.workers = [self._start("worker", self.address, *options) for _ in range(workers)]

    def _start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
        silent = subprocess.DEVNULL
        return subprocess.Popen(command, cwd=self._folder, env=self._environment, stdout=silent, stderr=silent)

    def close(self) -> None:
        """End what we started."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def wait(self) -> None:
        """Until they answer."""
        connected(self.address).close()


def connected(address: str) -> Cluster:
    """A runner on a cluster, as soon as it answers."""
    until = time.monotonic() + 60
    while True:
        try:
            return Cluster(address)
        except WorkerError:
            if time.monotonic() > until:
                raise
