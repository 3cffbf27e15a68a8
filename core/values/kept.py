"""Sentences that are stored with their places filled: in the audit trail, in requests for approval and in jobs.

What is stored is Vietnamese. `core.kept_sentences` finds the wording and its values again and says them in the
language of the reader.
"""

from __future__ import annotations

_WORDINGS: dict[str, None] = {}


def kept(wording: str) -> str:
    """Register a *wording* whose filled sentence is stored, and return it unchanged. For constants of a module.

    >>> kept("Tuần %(number)s") % {"number": 3}, "Tuần %(number)s" in kept_wordings()
    ('Tuần 3', True)
    """
    _WORDINGS[wording] = None
    return wording


def kept_wordings() -> tuple[str, ...]:
    """Return the wordings of all modules that are loaded, in the order of their registration."""
    return tuple(_WORDINGS)
