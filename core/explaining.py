"""What a person at the terminal reads where a command meets a database that is not ready: a sentence, no traceback."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from core.values.text import N_

_NOT_SET_UP = N_("Hệ thống chưa được chuẩn bị: hãy chạy flask setup.")
_OLD = N_("Cơ sở dữ liệu thuộc bản cũ hơn chương trình: hãy sao lưu, rồi chạy flask db upgrade.")
_SILENT = N_("Cơ sở dữ liệu không trả lời ({kind}). Hãy chạy flask doctor để biết phải làm gì.")
_MARKS = {"no such table": _NOT_SET_UP, "UndefinedTable": _NOT_SET_UP, "no such column": _OLD, "UndefinedColumn": _OLD}


def sentence_for(error: DBAPIError) -> str:
    """What is wrong with the database and what to do, without a word of the statement or of its values."""
    kind = type(error.orig).__name__
    told = f"{kind}: {error.orig}"
    return next((said for mark, said in _MARKS.items() if mark in told), _SILENT.format(kind=kind))


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
            return callback(*args, **kwargs)
        except (OperationalError, ProgrammingError) as error:
            raise click.ClickException(sentence_for(error)) from error

    explained.is_explained = True  # type: ignore[attr-defined]
    return explained
