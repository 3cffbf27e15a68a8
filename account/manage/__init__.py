"""The administrator's door: the accounts of one's units, their roles, links to come in by; the logos of those units."""

from account.manage import accounts, logos, many, roles, state
from account.manage.blueprint import blueprint

__all__ = ["accounts", "blueprint", "logos", "many", "roles", "state"]
