"""Signs that two accounts may belong to one person, from what the accounts themselves say."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from core.values.names import name_key


class SameSign(StrEnum):
    """A sign that two accounts may be one person's."""

    NAME = "name"
    MAILBOX = "mailbox"
    """Both addresses lead to one mailbox: they differ by what stands behind a plus sign, or by dots and capitals."""
    MADE = "made"
    """One of them created, invited or gave a role to the other."""


class NamedAccount(NamedTuple):
    """An account with its name and its e-mail address."""

    id: int
    name: str
    email: str


def same_signs(one: NamedAccount, other: NamedAccount, *, is_made: bool = False) -> list[SameSign]:
    """Return the signs that two different accounts may be one person's; none for the same account.

    No device and no address is looked at, and a sign refuses nothing: it is shown to those who decide.

    >>> same_signs(NamedAccount(1, "Lò Văn Páo", "pao@x.vn"), NamedAccount(2, "lò văn páo", "pao+2@x.vn"))
    [<SameSign.NAME: 'name'>, <SameSign.MAILBOX: 'mailbox'>]
    """
    if one.id == other.id:
        return []
    found = {
        SameSign.NAME: name_key(one.name) == name_key(other.name),
        SameSign.MAILBOX: mailbox(one.email) == mailbox(other.email),
        SameSign.MADE: is_made,
    }
    return [sign for sign, is_so in found.items() if is_so]


def mailbox(email: str) -> str:
    """Return the mailbox of an address.

    >>> mailbox("Lo.Van.Pao+cuocthi@Example.vn")
    'lovanpao@example.vn'
    """
    local, _at, host = email.strip().lower().partition("@")
    return f"{local.split('+')[0].replace('.', '')}@{host}"
