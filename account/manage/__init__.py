"""The administrator's pages: the accounts of the administrator's units, their roles and links, and the units' logos."""

from account.manage import accounts, logos, many, roles, state
from account.manage.accounts import blueprint

__all__ = ["accounts", "blueprint", "logos", "many", "roles", "state"]
