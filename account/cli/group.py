"""The command group, and checks of answers that several commands share."""

import click
from flask.cli import AppGroup

from account.rules.address import is_email
from core.translation import gettext
from core.values.text import N_, clean

LONGEST_NAME = 100

account_cli = AppGroup("account", help=N_("Tài khoản cán bộ."))


def an_address(_context: click.Context, _parameter: click.Parameter, typed: str) -> str:
    """Check an e-mail address."""
    if not is_email(typed.strip()):
        raise click.ClickException(
            gettext("“%(typed)s” chưa phải là địa chỉ thư điện tử, ví dụ ten@xa.gov.vn.", typed=typed)
        )
    return typed.strip()


def a_name(_context: click.Context, _parameter: click.Parameter, typed: str) -> str:
    """Check a person's name."""
    name = clean(typed)
    if not 0 < len(name) <= LONGEST_NAME:
        raise click.ClickException(
            gettext("Xin ghi họ và tên, không quá %(longest_name)s chữ.", longest_name=LONGEST_NAME)
        )
    return name
