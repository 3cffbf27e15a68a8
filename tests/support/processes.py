"""Processes of their own that start at once: forked from one that has imported the application.

A new interpreter needs one to two seconds of processor time to import it. What a process does once it runs is the
same, and so are its signals, its exit code and its end by `kill -9`.
"""

import multiprocessing
import os
import runpy
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
APPLICATION = "app:create_app()"
GUNICORN = ("gunicorn", "--config", "deploy/gunicorn.conf.py", APPLICATION)
"""The server that an installation has."""
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["app", "flask.cli", "gunicorn.app.wsgiapp", "gunicorn.workers.gthread", "pytest"])


@dataclass(frozen=True)
class Done:
    """How a command ended and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def begin(work: Callable[..., object], *arguments: object) -> BaseProcess:
    """Call a function of a module in a new process."""
    process = FORKS.Process(target=work, args=arguments)
    process.start()
    return process


def begin_module(*command: str, environ: Mapping[str, str], out: Path, err: Path) -> BaseProcess:
    """Run `python -m` *command* in the project's folder; what it prints is added to the files *out* and *err*."""
    return begin(_run_module, command, dict(environ), out, err)


def run_module(*command: str, **environ: str) -> Done:
    """Run `python -m` *command* to its end, with *environ* beside the environment of the tests."""
    with TemporaryDirectory() as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        process = begin_module(*command, environ=os.environ | environ, out=out, err=err)
        process.join(120)
        if process.is_alive():
            process.kill()
        process.join()
        assert process.exitcode is not None
        return Done(process.exitcode, out.read_text(), err.read_text())


def run_flask(*command: str, **environ: str) -> Done:
    """Run `flask` *command* as a process of its own."""
    return run_module("flask", "--app", "app", *command, **environ)


def power_cut(statements: int) -> Callable[..., None]:
    """A listener after statements that ends its process at once, without a word to anybody, after so many of them."""
    left = iter(range(statements - 1, -1, -1))

    def cut(*_: object) -> None:
        if next(left, None) == 0:
            os._exit(9)

    return cut


def _run_module(command: tuple[str, ...], environ: dict[str, str], out: Path, err: Path) -> None:
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environ)
    for number, file in ((1, out), (2, err)):
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.argv = list(command)
    runpy.run_module(command[0], run_name="__main__", alter_sys=True)
