"""Serve the application as an installation does: gunicorn with `deploy/gunicorn.conf.py`, on loopback."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

import httpx

from tests.support.postgres import free_port
from tests.support.processes import APPLICATION, GUNICORN, begin_module


@dataclass
class Live:
    """A running server."""

    url: str
    process: BaseProcess

    def workers(self) -> list[int]:
        """Process ids of the workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(child) for child in children.split()]

    def kill_worker(self) -> None:
        """Kill one worker with SIGKILL, as the kernel does when memory runs out."""
        for worker in self.workers()[:1]:
            os.kill(worker, signal.SIGKILL)

    def replace_workers(self) -> None:
        """Kill every worker, and wait until as many new ones stand in their places."""
        old = self.workers()
        for worker in old:
            os.kill(worker, signal.SIGKILL)
        for _ in range(300):
            new = set(self.workers()).difference(old)
            if len(new) >= len(old):
                return
            time.sleep(0.1)
        raise AssertionError("the workers were not replaced")


@contextmanager
def serving(
    instance: Path, database_url: str, workers: int = 2, application: str = APPLICATION, **environ: str
) -> Iterator[Live]:
    """Serve the instance until the block ends.

    The `flask worker` beside the server is off; tests run jobs themselves.
    """
    port = free_port()
    environment = os.environ | {
        "INSTANCE_PATH": str(instance),
        "DATABASE_URL": database_url,
        "PORT": str(port),
        "WEB_WORKERS": str(workers),
        "WORKER": "off",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "TRUSTED_PROXIES": "127.0.0.1",
        **environ,
    }
    log = instance / "server.log"
    process = begin_module(*GUNICORN[:-1], application, environ=environment, out=log, err=log)
    live = Live(f"http://127.0.0.1:{port}", process)
    try:
        _wait(live, log)
        yield live
    finally:
        process.terminate()
        process.join(30)  # seconds: it may finish what it is doing for 20
        if process.is_alive():
            process.kill()
        process.join()


def _wait(live: Live, log: Path) -> None:
    for _ in range(200):
        try:
            if httpx.get(f"{live.url}/healthz").status_code == 200:
                return
        except httpx.TransportError:
            assert live.process.is_alive(), log.read_text()
        time.sleep(0.1)
    raise AssertionError(log.read_text())
