"""Create an account, reset its password, and the daily duties about accounts."""

from collections.abc import Sequence

import click
from sqlalchemy.exc import IntegrityError

from account.cli.group import a_name, account_cli, an_address
from account.operations.administration import SwitchedOff, create_with_roles, give_link
from account.operations.audit import TERMINAL
from account.operations.password import WeakPassword
from account.queries.account import find_account
from account.rules.lifetimes import path_of_link
from account.rules.permissions import Role
from commune.models import Unit
from commune.queries import find_unit
from core.clock import now
from core.translation import gettext
from core.values.text import N_
from core.values.week import local_date
from core.web.extensions import db, settings


@account_cli.command("create")
@click.argument("email", callback=an_address)
@click.option("--name", required=True, callback=a_name, help=N_("Họ và tên."))
@click.option(
    "--role",
    "roles",
    type=click.Choice([role.value for role in Role]),
    required=True,
    multiple=True,
    help=N_("Vai trò; nhiều vai trò thì ghi nhiều lần."),
)
@click.option("--unit", required=True, help=N_("Mã đơn vị hành chính, ví dụ 02266."))
@click.option(
    "--password",
    prompt=N_("Mật khẩu"),
    hide_input=True,
    confirmation_prompt=N_("Nhập lại mật khẩu"),
    help=N_("Mật khẩu. Nên bỏ trống để được hỏi: ghi ở đây thì lưu lại trong lịch sử lệnh."),
)
def create_command(email: str, name: str, roles: Sequence[str], unit: str, password: str) -> None:
    """Tạo tài khoản EMAIL gắn với một đơn vị và các đơn vị bên dưới."""
    found = _unit(unit)
    try:
        create_with_roles(
            db.session,
            TERMINAL,
            email=email,
            name=name,
            password=password,
            roles=[Role(role) for role in roles],
            unit=found,
            now=now(),
        )
        db.session.commit()
    except WeakPassword as error:
        raise click.ClickException(str(error)) from error
    except IntegrityError as error:
        db.session.rollback()
        raise click.ClickException(gettext("Thư điện tử này đã có tài khoản.")) from error
    click.echo(gettext("Đã tạo tài khoản %(email)s tại %(name)s.", email=email, name=found.name))


@account_cli.command("reset")
@click.argument("email")
@click.option("--drop-factor", is_flag=True, help=N_("Bỏ cả mã xác thực cũ: mất điện thoại, mất cả mã khôi phục."))
@click.option("--print", "prints", is_flag=True, help=N_("In đường dẫn ra đây, dù có máy chủ thư."))
def reset_command(email: str, drop_factor: bool, prints: bool) -> None:
    """Gửi chủ tài khoản EMAIL một đường dẫn để đặt lại mật khẩu, dùng một lần, trong 24 giờ; không có máy chủ thư thì
    in ra đây."""
    account = find_account(db.session, email)
    if account is None:
        raise click.ClickException(gettext("Không có tài khoản nào mang địa chỉ %(email)s.", email=email))
    is_mailed = bool(settings().mail_url) and not prints
    try:
        secret = give_link(db.session, TERMINAL, account, drops_factor=drop_factor, is_mailed=is_mailed, now=now())
    except SwitchedOff as error:
        raise click.ClickException(gettext("Tài khoản này đang tắt. Hãy bật lại trước.")) from error
    db.session.commit()
    address = settings().public_url + path_of_link(secret)
    click.echo(
        gettext("Đã gửi đường dẫn đến %(email)s. Thư không đến thì thêm --print.", email=account.email)
        if is_mailed
        else address
    )


def _unit(code: str) -> Unit:
    found = find_unit(db.session, code)
    if found is None:
        raise click.ClickException(gettext("Không có đơn vị nào mang mã %(code)s.", code=code))
    if found.valid_to is not None and found.valid_to <= local_date(now()):
        raise click.ClickException(
            gettext(
                "%(name)s (mã %(code)s) đã hết hiệu lực từ %(valid_to)s.",
                name=found.name,
                code=code,
                valid_to=f"{found.valid_to:%d/%m/%Y}",
            )
        )
    return found
