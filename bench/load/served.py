"""Serve applications with gunicorn and the settings of `make run`, and measure the processor time of its processes."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("deploy/gunicorn.conf.py", "app:create_app()")
TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


@dataclass
class Server:
    """A running server."""

    port: int
    process: "subprocess.Popen[bytes]"

    def cpu_ms(self) -> float:
        """Return the processor time that its processes have used."""
        return TICK_MS * sum(_ticks(pid) for pid in _family(self.process.pid))


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(id for child in children for id in _family(int(child)))]


def _ticks(pid: int) -> int:
    """Return user and system time, the 14th and 15th field; the second, a name in brackets, may contain blanks."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


@contextmanager
def serving(folder: Path, config: str, app: str) -> Iterator[Server]:
    """Serve *app* on a free port with *folder* as its instance, without the worker for long jobs."""
    port = free_port()
    environ = os.environ | {
        "INSTANCE_PATH": str(folder), "DATABASE_URL": f"sqlite:///{folder / 'lang-nghe.sqlite3'}", "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}", "WORKER": "off",
        "TRUSTED_PROXIES": "127.0.0.1",  # a visit names its sender
    }  # fmt: skip
    command = [sys.executable, "-m", "gunicorn", "--config", config, app]
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
        try:
            _wait(process, port, folder / "server.log")
            yield Server(port, process)
        finally:
            process.terminate()
            process.wait(30)


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    for _ in range(600):
        assert process.poll() is None, log.read_text()
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text())
