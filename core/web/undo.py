"""A message with a button that undoes what was done."""

from collections.abc import Iterable

from flask import flash


def flash_with_undo(text: str, undo: str, fields: Iterable[tuple[str, object]] = ()) -> None:
    """Flash on the next staff page that *text* is done; its button posts *fields* to *undo* without asking again."""
    flash({"text": text, "undo": undo, "fields": [(name, str(value)) for name, value in fields]}, "success")  # type: ignore[arg-type]
