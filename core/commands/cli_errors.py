"""Report errors of a command on an instance that is not ready as one sentence instead of a traceback."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from core.crypto import NoKey
from core.db import is_there
from core.instance_check import database_fault, is_damage, key_fault, not_set_up
from core.web.command_line import instance_folder
from core.web.extensions import db, find_keyring, settings

Command = TypeVar("Command", bound=Callable[..., Any])


def with_any_key(command: Command) -> Command:
    """Mark a *command* that also works with a missing or wrong key file."""
    command.works_with_any_key = True  # type: ignore[attr-defined]
    return command


def explain(command: click.Command) -> None:
    """Wrap *command* and its subcommands so that they print the sentence."""
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
        except DBAPIError as error:
            if not (isinstance(error, OperationalError | ProgrammingError) or is_damage(error)):
                raise
            raise click.ClickException(_fault_of(error)) from error
        except NoKey as error:
            raise click.ClickException(not_set_up(instance_folder())) from error

    explained.is_explained = True  # type: ignore[attr-defined]
    return explained


@with_appcontext
def _fault_of(error: DBAPIError) -> str:
    return database_fault(error, instance_folder()) if is_there(db.engine) else not_set_up(instance_folder())


@with_appcontext
def _refuse_another_key() -> None:
    fault = key_fault(db.engine, settings(), find_keyring())
    if fault is not None:
        raise click.ClickException(fault)
