"""The tables of staff accounts, one noun a file."""

from account.models.account import NO_PASSWORD, Account, Grant
from account.models.link import Link
from account.models.second_factor import RecoveryCode, Totp
from account.models.session import AccountSession
from account.models.tries import Tries

__all__ = ["NO_PASSWORD", "Account", "AccountSession", "Grant", "Link", "RecoveryCode", "Totp", "Tries"]
