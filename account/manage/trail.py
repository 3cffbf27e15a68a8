"""What an administrator did to an account, for the audit trail: by its number, never by its name."""

from collections.abc import Mapping

from flask_login import current_user

from account.models import Account
from account.operations.audit import Actor, Subject, account_subject, record
from account.rules.chain import Plain
from core import clock
from core.web.extensions import db


def note(
    action: str,
    account: Account,
    *,
    before: Mapping[str, Plain] | None = None,
    after: Mapping[str, Plain] | None = None,
) -> None:
    """Record that whoever is signed in did this to *account*; the last thing before the commit."""
    note_about(action, account_subject(account), before=before, after=after)


def note_about(
    action: str,
    about: Subject,
    *,
    before: Mapping[str, Plain] | None = None,
    after: Mapping[str, Plain] | None = None,
) -> None:
    """The same of an account that may be gone by now."""
    actor = Actor("account", current_user.account.id)
    record(db.session, actor, action, about, before=before, after=after, now=clock.now())
