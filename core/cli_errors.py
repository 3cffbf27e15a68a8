"""What a person at the terminal reads where a command meets an instance that is not ready: a sentence, no traceback."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from core.command_line import flask_line
from core.db import is_there
from core.instance_check import key_fault, not_set_up
from core.values.text import N_
from core.web.extensions import NoKey, db, settings

_OLD = N_("Cơ sở dữ liệu thuộc bản cũ hơn chương trình. Sao lưu rồi chạy: {upgrade}")
_SILENT = N_("Cơ sở dữ liệu không trả lời ({kind}). Để biết phải làm gì, hãy chạy: {doctor}")
_NEW, _BEHIND = ("no such table", "UndefinedTable"), ("no such column", "UndefinedColumn")

Command = TypeVar("Command", bound=Callable[..., Any])


def sentence_for(error: DBAPIError) -> str:
    """What is wrong with the database and what to do, without a word of the statement or of its values."""
    kind = type(error.orig).__name__
    told = f"{kind}: {error.orig}"
    if any(mark in told for mark in _NEW):
        return not_set_up()
    if any(mark in told for mark in _BEHIND):
        return _OLD.format(upgrade=flask_line("db upgrade"))
    return _SILENT.format(kind=kind, doctor=flask_line("doctor"))


def with_any_key(command: Command) -> Command:
    """Mark a *command* that also works where the key file is missing or another: it says so, mends it, needs none."""
    command.works_with_any_key = True  # type: ignore[attr-defined]
    return command


def explain(command: click.Command) -> None:
    """Let *command*, and all that hang on it, say so."""
    for each in getattr(command, "commands", {}).values():
        explain(each)
    if command.callback is not None and not hasattr(command.callback, "is_explained"):
        command.callback = _explained(command.callback)


def _explained(callback: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(callback)
    def explained(*args: Any, **kwargs: Any) -> Any:
        try:
            if not hasattr(callback, "works_with_any_key"):
                _refuse_another_key()
            return callback(*args, **kwargs)
        except (OperationalError, ProgrammingError) as error:
            raise click.ClickException(_told_of(error)) from error
        except NoKey as error:
            raise click.ClickException(not_set_up()) from error

    explained.is_explained = True  # type: ignore[attr-defined]
    return explained


@with_appcontext
def _told_of(error: DBAPIError) -> str:
    return sentence_for(error) if is_there(db.engine) else not_set_up()


@with_appcontext
def _refuse_another_key() -> None:
    fault = key_fault(db.engine, settings(), current_app.extensions["keyring"])
    if fault is not None:
        raise click.ClickException(fault)
