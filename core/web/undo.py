"""A message that what was done can be undone at once, by a button beside it."""

from collections.abc import Iterable

from flask import flash


def flash_with_undo(text: str, undo: str, fields: Iterable[tuple[str, object]] = ()) -> None:
    """Tell on the next staff page that *text* is done; its button posts *fields* to *undo*, which asks no more."""
    flash({"text": text, "undo": undo, "fields": [(name, str(value)) for name, value in fields]}, "success")  # type: ignore[arg-type]
