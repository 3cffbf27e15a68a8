"""The terminal's door to accounts."""

from account.cli import account, first_run
from account.cli.account import tidy
from account.cli.first_run import begin
from account.cli.group import account_cli

__all__ = ["account", "account_cli", "begin", "first_run", "tidy"]
