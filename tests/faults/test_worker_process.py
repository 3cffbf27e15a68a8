"""The worker process beside the web server: started with it, restarted when it ends, stopped with it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.support.postgres import free_port
from tests.support.processes import GUNICORN, ROOT, begin_module


@pytest.fixture
def start_server(settings):
    """Yield a server as `make serve` starts it, and its log."""
    processes = []
    folder = settings.instance_path

    def start(**environ):
        port = free_port()
        place = {"INSTANCE_PATH": str(folder), "DATABASE_URL": settings.database_url, "PORT": str(port)}
        log = folder / "server.log"
        process = begin_module(*GUNICORN, environ=os.environ | place | environ, out=log, err=log)
        processes.append(process)
        until = time.monotonic() + 90
        while not answers(port):
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.1)
        return process

    yield start
    for process in processes:
        process.kill()
        process.join()


def answers(port):
    try:
        return httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
    except httpx.TransportError:
        return False


def workers_of(parent):
    """Return the process ids of `flask worker` beside that server."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0") if folder.name.isdecimal() else []
        except OSError:
            continue
        if words[-3:-1] == [b"--beside", str(parent).encode()]:
            found.append(int(folder.name))
    return found


def wait_for(what, patience=90):
    until = time.monotonic() + patience
    while not (found := what()):
        assert time.monotonic() < until
        time.sleep(0.1)
    return found


def test_a_crashed_worker_is_restarted_and_ends_with_its_server(start_server):
    server = start_server()
    [first] = wait_for(lambda: workers_of(server.pid))

    os.kill(first, signal.SIGKILL)
    [second] = wait_for(lambda: [pid for pid in workers_of(server.pid) if pid != first])
    server.terminate()
    server.join(40)

    assert second != first
    assert server.exitcode == 0
    wait_for(lambda: not workers_of(server.pid))


FORKING = """
import os, runpy, signal, sys, time
config = runpy.run_path("deploy/gunicorn.conf.py")
sys.executable, worker_process = "/bin/true", config["worker_process"]
worker_process._keep.__globals__["AGAIN_AFTER"] = 0
worker_process.begin()
forked = []
try:
    for _ in range(300):
        if not (pid := os.fork()):
            signal.pause()
        forked.append(pid)
        time.sleep(0.002)
    before = worker_process._process.pid
    until = time.monotonic() + 20
    while worker_process._process.pid == before:
        assert time.monotonic() < until, "the watch waits for ever"
        time.sleep(0.01)
finally:
    for pid in forked:
        os.kill(pid, signal.SIGKILL)
"""


def test_starting_server_processes_do_not_block_the_watch():
    run = subprocess.run([sys.executable, "-c", FORKING], cwd=ROOT, capture_output=True, text=True, timeout=120)

    assert run.returncode == 0, run.stderr


def test_a_worker_does_not_outlive_a_server_that_was_killed(start_server):
    server = start_server()
    wait_for(lambda: workers_of(server.pid))

    server.kill()
    server.join()

    wait_for(lambda: not workers_of(server.pid))


def test_a_host_that_runs_its_worker_itself_gets_none(start_server):
    server = start_server(WORKER="off")

    time.sleep(2)

    assert workers_of(server.pid) == []
