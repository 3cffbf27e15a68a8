"""A message with a button that undoes what was done."""

from collections.abc import Iterable

from flask import flash


def flash_with_undo(text: str, undo: str, fields: Iterable[tuple[str, object]] = ()) -> None:
    """Flash *text* on the next staff page with a button that posts *fields* to *undo* without confirmation."""
    flash({"text": text, "undo": undo, "fields": [(name, str(value)) for name, value in fields]}, "success")  # type: ignore[arg-type]
