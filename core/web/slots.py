"""Slots: the places in a kept page that each request fills with a value of its own."""

import re
import secrets
from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

_RANDOM = secrets.token_hex(8)
_SLOT = re.compile(f"slot-{_RANDOM}-([a-z_]+)-end")


def slot(name: str) -> Markup:
    """Return the mark that a template prints where each request's own value of *name* goes."""
    return Markup(f"slot-{_RANDOM}-{name}-end")  # noqa: S704 - our own letters


def split(text: str) -> tuple[str, ...]:
    """Cut *text* at its slots: pieces of text and names of slots in turn."""
    return tuple(_SLOT.split(text))


def cut(parts: Sequence[str], name: str) -> tuple[tuple[str, ...], ...]:
    """Divide the parts that `split` made at the slots *name*, which are left out."""
    found: list[list[str]] = [[parts[0]]]
    for place in range(1, len(parts), 2):
        if parts[place] == name:
            found.append([parts[place + 1]])
        else:
            found[-1] += parts[place : place + 2]
    return tuple(map(tuple, found))


def fill(parts: Sequence[str], values: Mapping[str, object]) -> str:
    """Return the text of which `split` made *parts*, with *values* in its slots, escaped."""
    return fill_escaped(parts, {name: escape(value) for name, value in values.items()})


def fill_escaped(parts: Sequence[str], values: Mapping[str, str]) -> str:
    """Do what `fill` does with *values* that are escaped already."""
    if len(parts) == 1:
        return parts[0]
    filled = list(parts)
    for place in range(1, len(filled), 2):
        filled[place] = values[filled[place]]
    return "".join(filled)
