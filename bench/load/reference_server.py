"""Gunicorn settings of the product for the reference, which has no instance to check and no worker."""

from pathlib import Path
from runpy import run_path
from typing import Any

globals().update(run_path(str(Path(__file__).resolve().parents[2] / "deploy" / "gunicorn.conf.py")))


def on_starting(_server: Any) -> None:
    """Do nothing."""


when_ready = on_exit = on_starting
