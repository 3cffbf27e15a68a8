"""The same action for several accounts; those that it does not fit are passed over."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from account.models import Account
from account.operations.administration import post_link
from account.operations.audit import Actor, account_subject, record
from account.operations.links import make_link
from account.operations.roles import LastAdministrator, lock_all, switch_off, switch_on
from account.operations.sessions import end_sessions
from account.queries.account import is_wholly_within
from account.rules.actions import AccountAction
from account.rules.chain import Plain
from account.rules.many import Bulk, Unfit

ACTIONS = {
    Bulk.OFF: AccountAction.ACCOUNT_OFF,
    Bulk.ON: AccountAction.ACCOUNT_ON,
    Bulk.SIGN_OUT: AccountAction.SESSIONS_END,
}


def unfit(account: Account, bulk: Bulk, actor: Actor, within: Collection[int]) -> Unfit | None:
    """Return the reason why *account* is passed over when *actor* does *bulk*; None if it is not."""
    if account.id == actor.account_id:
        return Unfit.OWN
    if not is_wholly_within(account, within):
        return Unfit.OUT_OF_REACH
    if account.is_active is (bulk == Bulk.ON):
        return Unfit.IS_ON if account.is_active else Unfit.IS_OFF
    if account.is_invited is not (bulk == Bulk.INVITE):
        return Unfit.IS_INVITED if account.is_invited else Unfit.HAS_COME
    return None


def change_many(
    session: Session, actor: Actor, accounts: Sequence[Account], bulk: Bulk, *, within: Collection[int], now: datetime
) -> list[Account]:
    """Switch *accounts* off or on, or sign them out; return those that were changed.

    All are locked first and checked again; the last administrator stays. The audit entries are recorded last.
    """
    lock_all(session, accounts)
    fit = [account for account in accounts if unfit(account, bulk, actor, within) is None]
    done = {account: after for account in fit if (after := _change(session, account, bulk)) is not None}
    for account, after in done.items():
        record(session, actor, ACTIONS[bulk], account_subject(account), after=after, now=now)
    return list(done)


def _change(session: Session, account: Account, bulk: Bulk) -> dict[str, Plain] | None:
    """Do *bulk* to one account; return the values of the audit entry, or None if nothing changed."""
    if bulk == Bulk.SIGN_OUT:
        return {"sessions": end_sessions(session, account.id)}
    if bulk == Bulk.ON:
        switch_on(session, account)
        return {}
    try:
        return {} if switch_off(session, account) else None
    except LastAdministrator:
        return None


def invite_again(
    session: Session, actor: Actor, accounts: Sequence[Account], *, within: Collection[int], now: datetime
) -> list[tuple[Account, str]]:
    """Make a new link for each of *accounts* whose owner has not come yet; return them with the secrets."""
    lock_all(session, accounts)
    fit = [account for account in accounts if unfit(account, Bulk.INVITE, actor, within) is None]
    made = [(account, make_link(session, account, now=now)) for account in fit]
    for account, secret in made:
        post_link(session, actor, account, secret, now=now)
    for account in fit:
        record(session, actor, AccountAction.ACCOUNT_LINK, account_subject(account), now=now)
    return made
