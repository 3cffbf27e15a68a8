"""Accounts, and the units in which an account has a permission."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, exists, func, select, union_all
from sqlalchemy.orm import Session, joinedload, selectinload

from account.models import NO_PASSWORD, Account, Grant, Totp
from account.rules.permissions import DECIDES, needs_second_factor
from commune.models import Unit
from commune.queries import list_units_below
from commune.queries.units import parents_of
from core.values.text import search_key

SORTS = {
    "ten": (Account.sort_key, Account.id), "thu": (Account.email,), "moi": (Account.created_at.desc(), Account.id),
    "vao": (Account.signed_in_at.asc().nulls_first(), Account.id),
}  # fmt: skip
"""The sort orders of a list: name, e-mail address, newest first, longest without sign-in first."""


def find_account(session: Session, email: str) -> Account | None:
    """Return the account of *email*, ignoring case."""
    return session.scalar(select(Account).where(Account.email == email.strip().casefold()))


def units_where(session: Session, account: Account, roles: Collection[str]) -> frozenset[int]:
    """Return the ids of the units in which *account* has one of *roles*: those of its grants and all below."""
    roots = roots_where(account.grants, roles)
    return list_units_below(session, roots) if roots else frozenset()


def holds_still(session: Session, account_id: int, roles: Collection[str], units: Collection[int]) -> bool:
    """Whether the account is switched on and has one of *roles* in each of *units*, read from the tables now."""
    held = select(Grant.unit_id).join(Account).where(Account.id == account_id, Account.is_active)
    roots = frozenset(session.scalars(held.where(Grant.role.in_(roles))))
    return bool(roots) and set(units) <= list_units_below(session, roots)


def roots_where(grants: Collection[Grant], roles: Collection[str]) -> frozenset[int]:
    """Return the units of those of *grants* that give one of *roles*."""
    return frozenset(grant.unit_id for grant in grants if grant.role in roles)


def has_factor(session: Session, account: Account) -> bool:
    """Whether *account* has a second factor."""
    return bool(session.scalar(select(exists().where(Totp.account_id == account.id))))


def must_have_factor(account: Account) -> bool:
    """Whether a role of *account* requires a second factor."""
    return needs_second_factor(grant.role for grant in account.grants)


def count_accounts(session: Session, within: Collection[int], *, find: str = "") -> int:
    """Count what `list_accounts` lists."""
    return session.scalar(select(func.count()).select_from(_found(within, find).subquery())) or 0


def list_accounts(
    session: Session, within: Collection[int], *, find: str = "", sort: str = "ten", part: slice | None = None
) -> list[Account]:
    """Return accounts that belong to units of *within* or have a role there, with their roles; *find* matches all its
    words.

    Three statements for any number of accounts.
    """
    query = _found(within, find).order_by(*SORTS[sort])
    if part is not None:
        query = query.offset(part.start).limit(part.stop - part.start)
    return list(session.scalars(query.options(*WITH_UNITS)))


def find_account_within(session: Session, id: int, within: Collection[int]) -> Account | None:
    """Return account *id*, if it belongs to one of those units or has a role there."""
    return session.scalar(_found(within, "").where(Account.id == id).options(*WITH_UNITS))


def list_chosen(session: Session, ids: Collection[int], within: Collection[int]) -> list[Account]:
    """Return those of the accounts *ids* that belong to one of those units or have a role there, by id."""
    query = _found(within, "").where(Account.id.in_(ids)).order_by(Account.id)
    return list(session.scalars(query.options(*WITH_UNITS)))


def names_of(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Return the names of the accounts *ids* that still exist."""
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(ids)))
    return {row.id: row.name for row in rows}


def is_wholly_within(account: Account, within: Collection[int]) -> bool:
    """Whether all of *account* lies in those units, its own and those of its roles, so that their administrator may
    change it.
    """
    return {account.unit_id, *(grant.unit_id for grant in account.grants)} <= set(within)


def is_beyond(session: Session, account: Account, unit: Unit) -> bool:
    """Whether *unit* lies outside all units of *account*, its own and those of its roles, with everything below."""
    reach = frozenset({account.unit_id, *(grant.unit_id for grant in account.grants)})
    return unit.id not in list_units_below(session, reach)


def list_approvers(session: Session, unit: Unit, *, but: Account) -> list[Account]:
    """Return the accounts that may answer a request of *unit*: with the role there or above, signed up, and not its
    asker.
    """
    return list_holders(session, unit, DECIDES, but=but)


def list_holders(session: Session, unit: Unit, roles: Collection[str], *, but: Account) -> list[Account]:
    """Return the signed-up accounts with one of *roles* in *unit* or above, without the account *but*."""
    above = [unit.id, *(parent.id for parent in parents_of(unit))]
    query = select(Account).join(Account.grants).where(Grant.role.in_(roles), Grant.unit_id.in_(above))
    query = query.where(Account.is_active, Account.password_hash != NO_PASSWORD, Account.id != but.id)
    return list(session.scalars(query.order_by(Account.id).distinct().options(joinedload(Account.unit))))


WITH_UNITS = (joinedload(Account.unit), selectinload(Account.grants).joinedload(Grant.unit))


def _found(within: Collection[int], find: str) -> Select[Account]:
    reach = union_all(
        select(Account.id.label("id"), Account.unit_id.label("unit_id")), select(Grant.account_id, Grant.unit_id)
    ).subquery()
    query = select(Account).where(Account.id.in_(select(reach.c.id).where(reach.c.unit_id.in_(within))))
    return query.where(*_holds(find))


def _holds(find: str) -> list[ColumnElement[bool]]:
    return [Account.search_key.contains(word, autoescape=True) for word in search_key(find).split()]
