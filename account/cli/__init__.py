"""Terminal commands for accounts."""

from account.cli import account, audit, first_run
from account.cli.first_run import begin, point_to_first_run
from account.cli.group import account_cli

__all__ = [
    "account",
    "account_cli",
    "audit",
    "begin",
    "first_run",
    "point_to_first_run",
]
