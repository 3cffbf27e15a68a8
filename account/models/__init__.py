"""The tables of staff accounts, one noun a file."""

from account.models.account import Account, Grant

__all__ = ["Account", "Grant"]
