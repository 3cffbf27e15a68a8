"""The administrator's door: the accounts of one's units, their roles, and links to come in by."""

from account.manage import accounts, roles, state
from account.manage.blueprint import blueprint

__all__ = ["accounts", "blueprint", "roles", "state"]
