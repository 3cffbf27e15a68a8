"""An administrator's operations on one account: invite, make a link, sign out, switch off and on, give and take roles.

Each function locks, checks, changes rows, posts the letter and records its audit entry last, in the caller's
transaction: all who add to the audit trail wait for its lock.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from account.labels import ROLE
from account.models import Account
from account.operations.account import create_account
from account.operations.audit import Actor, account_subject, record
from account.operations.links import invite, make_link, withdraw
from account.operations.roles import grant_role, lock, revoke_role, switch_off, switch_on
from account.operations.sessions import end_sessions
from account.queries.account import has_factor, is_beyond, is_wholly_within
from account.queries.sessions import find_link_of
from account.rules.actions import AccountAction
from account.rules.chain import Plain
from account.rules.permissions import Role
from commune.models import Unit
from core.messages.letters import PageLink
from core.messages.outbox import post_letter
from core.translation import translate
from core.values.dates import moment
from core.values.text import N_

SERVER = N_("Người quản trị máy chủ")
"""The name of the inviter in a letter that a command has posted."""


class OutOfReach(Exception):
    """The account belongs to a unit, or holds a role in one, outside those of the administrator."""


class SwitchedOff(Exception):
    """The account is switched off, so that no link can be used."""


class BeginsAnew(Exception):
    """The role lies beyond the account's units, so its owner would need a new password; this must be confirmed."""


def create_with_roles(
    session: Session,
    actor: Actor,
    *,
    email: str,
    name: str,
    password: str,
    roles: Sequence[Role],
    unit: Unit,
    now: datetime,
) -> Account:
    """Create an account with *roles* in *unit* and a password; raises as `create_account` does."""
    account = create_account(session, email=email, name=name, password=password, role=roles[0], unit=unit, now=now)
    for role in roles[1:]:
        grant_role(session, account, role, unit)
    after = {"role": ", ".join(roles)}
    record(session, actor, AccountAction.ACCOUNT_CREATE, account_subject(account), after=after, now=now)
    return account


def invite_account(
    session: Session, actor: Actor, *, email: str, name: str, role: Role, unit: Unit, now: datetime
) -> tuple[Account, str]:
    """Create an account without a password; return it with the secret of the link for its owner.

    Raises:
        IntegrityError: the e-mail address is taken.
    """
    account = invite(session, email=email, name=name, role=role, unit=unit, now=now)
    secret = make_link(session, account, now=now)
    post_link(session, actor, account, secret, now=now)
    after = {"role": str(role), "unit": unit.name}
    record(session, actor, AccountAction.ACCOUNT_CREATE, account_subject(account), after=after, now=now)
    return account, secret


def give_link(
    session: Session,
    actor: Actor,
    account: Account,
    *,
    within: Collection[int] | None = None,
    drops_factor: bool = False,
    is_mailed: bool = True,
    now: datetime,
) -> str:
    """Make a link by which the owner of *account* sets a password, and return its secret; older links end.

    The account is locked first, so that no role from outside *within* (None: every unit) is added between check and
    link.

    Raises:
        OutOfReach: the account reaches beyond the units *within*.
        SwitchedOff: the account is switched off.
    """
    lock(session, account)
    if within is not None and not is_wholly_within(account, within):
        raise OutOfReach
    if not account.is_active:
        raise SwitchedOff
    secret = make_link(session, account, now=now, drops_factor=drops_factor)
    if is_mailed:
        post_link(session, actor, account, secret, now=now)
    after = {"drops_factor": True} if drops_factor else {}
    record(session, actor, AccountAction.ACCOUNT_LINK, account_subject(account), after=after, now=now)
    return secret


def post_link(session: Session, actor: Actor, account: Account, secret: str, *, now: datetime) -> None:
    """Post the link to the owner of *account*, as an invitation or as a reset link, if there is a mail server."""
    link = find_link_of(session, account, now)
    if link is None:
        return
    page, until = PageLink("account.come", {"secret": secret}), moment(link.expires_at)
    words: dict[str, object] = {"name": account.name, "link": page, "until": until, "has_old": not link.is_for_role}
    if account.is_invited:
        roles = ", ".join(translate(ROLE[grant.role]) for grant in account.grants)
        words |= {"inviter": _name_of(session, actor), "role": roles, "unit": account.unit.name}
    template = "invitation" if account.is_invited else "password_reset"
    post_letter(session, template, to=account.email, now=now, **words)


def _name_of(session: Session, actor: Actor) -> str:
    account = session.get(Account, actor.account_id) if actor.account_id else None
    return account.name if account else SERVER


def withdraw_invitation(session: Session, actor: Actor, account: Account, *, now: datetime) -> bool:
    """Withdraw an invitation and delete its account; False if the owner has come meanwhile."""
    about = account_subject(account)
    if not account.is_invited or not withdraw(session, account):
        return False
    record(session, actor, AccountAction.ACCOUNT_WITHDRAW, about, now=now)
    return True


def turn_off(session: Session, actor: Actor, account: Account, *, now: datetime) -> bool:
    """Switch *account* off and end its sessions; False if it was off. Raises LastAdministrator."""
    if not switch_off(session, account):
        return False
    record(session, actor, AccountAction.ACCOUNT_OFF, account_subject(account), now=now)
    return True


def turn_on(session: Session, actor: Actor, account: Account, *, now: datetime) -> None:
    """Switch *account* on again."""
    switch_on(session, account)
    record(session, actor, AccountAction.ACCOUNT_ON, account_subject(account), now=now)


def sign_out_everywhere(session: Session, actor: Actor, account: Account, *, now: datetime) -> int:
    """End every session of *account*; return their number."""
    ended = end_sessions(session, account.id)
    record(session, actor, AccountAction.SESSIONS_END, account_subject(account), after={"sessions": ended}, now=now)
    return ended


def give_role(
    session: Session,
    actor: Actor,
    account: Account,
    role: Role,
    unit: Unit,
    *,
    within: Collection[int],
    is_meant: bool,
    now: datetime,
) -> str | None:
    """Give *account* a role in *unit*; return the secret of a link if its owner must set a new password, else None.

    A role beyond the units that the account reaches ends its password (see `grant_role`), and the administrator hands
    the new link over; therefore nothing of the account may lie outside the administrator's units *within*.

    Raises:
        OutOfReach: the role lies beyond the account's units, and the account reaches beyond *within*.
        BeginsAnew: its owner would have to set a new password, and this was not confirmed.
    """
    lock(session, account)
    after: dict[str, Plain] = {"role": str(role), "unit": unit.name}
    if not is_beyond(session, account, unit):
        grant_role(session, account, role, unit)
        record(session, actor, AccountAction.ROLE_GIVE, account_subject(account), after=after, now=now)
        return None
    if not is_wholly_within(account, within):
        raise OutOfReach
    if not is_meant:
        raise BeginsAnew
    after |= {"drops_factor": True} if has_factor(session, account) else {}
    grant_role(session, account, role, unit)
    secret = make_link(session, account, now=now, is_for_role=True)
    post_link(session, actor, account, secret, now=now)
    record(session, actor, AccountAction.ROLE_GIVE, account_subject(account), after=after, now=now)
    record(session, actor, AccountAction.ACCOUNT_LINK, account_subject(account), now=now)
    return secret


def take_role(session: Session, actor: Actor, account: Account, role: str, unit_id: int, *, now: datetime) -> bool:
    """Take a role away and sign its holder out; False if it was not there. Raises LastAdministrator."""
    if not revoke_role(session, account, role, unit_id):
        return False
    unit = session.get(Unit, unit_id)
    before = {"role": role, "unit": unit.name if unit else ""}
    record(session, actor, AccountAction.ROLE_TAKE, account_subject(account), before=before, now=now)
    return True
