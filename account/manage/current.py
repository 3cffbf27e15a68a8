"""The administrator who is signed in."""

from flask_login import current_user

from account.operations.audit import Actor


def actor() -> Actor:
    """Return the signed-in account as operations and the audit trail take it."""
    return Actor("account", current_user.account.id)
