"""Gunicorn for one machine: processes of four threads on loopback behind a TLS proxy, and a worker process."""

import gc
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from core.commands.startup_checks import port_fault, refusal, welcome  # noqa: E402
from core.last_port import remember_port  # noqa: E402
from core.postgres_writers import let_few_write  # noqa: E402
from core.settings import BadSetting, read  # noqa: E402
from core.writers import let_few_wait  # noqa: E402

try:
    settings = read()
except BadSetting as error:
    sys.exit(str(error))

raw_env = [f"PORT={settings.port}"]
"""For the application and the worker, which would take the port of an earlier start when none is set."""
bind = f"127.0.0.1:{settings.port}"
workers = settings.web_workers
threads = 4
worker_class = "gthread"
preload_app = True
timeout = 30
graceful_timeout = 20
keepalive = 5
forwarder_headers = ""
"""No header may set SCRIPT_NAME, which would stand before every address of a page."""
accesslog = None
"""No access log, since it would record an address and an exact time for a rating."""
limit_request_line = 2048
control_socket_disable = True

AGAIN_AFTER = 3.0
LAST_WORDS = 20.0

starting = threading.Lock()
"""Held while a worker is started: a server process forked meanwhile would inherit the pipe on which the start waits."""
os.register_at_fork(before=starting.acquire, after_in_parent=starting.release, after_in_child=starting.release)


class WorkerProcess:
    """The `flask worker` process beside the server: started with it, restarted when it ends, stopped with it.

    It also stops by itself once this process is no longer its parent, so that a server killed with -9 leaves no worker.
    """

    def __init__(self) -> None:
        self._is_over = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._watch = threading.Thread(target=self._keep, daemon=True)

    def begin(self) -> None:
        self._watch.start()

    def end(self) -> None:
        self._is_over.set()
        if self._process is not None:
            self._process.terminate()
        self._watch.join(LAST_WORDS)

    def _keep(self) -> None:
        command = [sys.executable, "-m", "flask", "--app", "app", "worker", "--beside", str(os.getpid())]
        while not self._is_over.is_set():
            with starting:
                self._process = subprocess.Popen(command, cwd=HERE)  # noqa: S603 - our own command
            if self._is_over.is_set():
                self._process.terminate()
            self._process.wait()
            self._is_over.wait(AGAIN_AFTER)


worker_process = WorkerProcess()


def on_starting(server: Any) -> None:
    """Exit with a sentence before listening if the key, the tables or the port are wrong."""
    app = server.app.wsgi()
    fault = refusal(app) or port_fault(app, server.cfg.address)
    if fault is not None:
        sys.exit(fault)


def pre_fork(_server: Any, _worker: Any) -> None:
    """Take what is loaded out of the garbage collector: every full collection went through all of it."""
    gc.collect()
    gc.freeze()


def post_fork(_server: Any, _worker: Any) -> None:
    """Keep half of the threads for readers while a writer holds SQLite's file, or PostgreSQL's row."""
    let_few_wait(threads // 2)
    let_few_write(threads // 2)


def when_ready(server: Any) -> None:
    """Print where the server listens, keep its port for commands, and start the worker."""
    for _host, port in filter(lambda each: isinstance(each, tuple), server.cfg.address):
        remember_port(settings.instance_path, port)
    for line in welcome(server.app.wsgi(), server.cfg.address):
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
    if settings.worker:
        worker_process.begin()


def on_exit(_server: Any) -> None:
    """Stop the worker gently."""
    if settings.worker and worker_process._watch.is_alive():
        worker_process.end()
