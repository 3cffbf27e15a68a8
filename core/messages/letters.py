"""A letter to a person, and a link in it that becomes an address when the letter is rendered."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Letter:
    """A letter's subject (one line) and text."""

    subject: str
    body: str


@dataclass(frozen=True)
class PageLink:
    """A page to link to, by its endpoint; it becomes an address when the letter is rendered."""

    endpoint: str
    values: Mapping[str, object] = field(default_factory=dict)
