"""How a room that lies below the accounts tells the audit trail what it did at the terminal: app.py plugs it in."""

from collections.abc import Callable, Mapping

from flask import Flask, current_app

AuditHook = Callable[[str, str, Mapping[str, int | str]], None]
"""Code of the deed, what it was done to in words, what came of it in plain values."""


def init_app(app: Flask, witness: AuditHook) -> None:
    """Plug the *witness* in."""
    app.extensions["witness"] = witness


def record_command(action: str, words: str, after: Mapping[str, int | str]) -> None:
    """Tell what was done, the last thing before the commit."""
    witness: AuditHook = current_app.extensions["witness"]
    witness(action, words, after)
