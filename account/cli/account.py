"""Making an account."""

import click
from sqlalchemy.exc import IntegrityError

from account.cli.group import a_name, account_cli, an_address
from account.operations.account import SHORTEST, WeakPassword
from account.operations.account import create_account as create
from account.rules.permissions import Role
from commune.queries import find_unit
from core.clock import now
from core.values.week import local_date
from core.web.extensions import db


@account_cli.command("create")
@click.argument("email", callback=an_address)
@click.option("--name", required=True, callback=a_name, help="Họ và tên.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="Vai trò.")
@click.option("--unit", required=True, help="Mã đơn vị hành chính, ví dụ 02266.")
@click.option(
    "--password",
    prompt="Mật khẩu",
    hide_input=True,
    confirmation_prompt="Nhập lại mật khẩu",
    help=f"Mật khẩu, ít nhất {SHORTEST} ký tự. Nên bỏ trống để được hỏi: ghi ở đây thì lưu lại trong lịch sử lệnh.",
)
def create_command(email: str, name: str, role: str, unit: str, password: str) -> None:
    """Tạo tài khoản EMAIL gắn với một đơn vị và các đơn vị bên dưới."""
    found = find_unit(db.session, unit)
    if found is None:
        raise click.ClickException(f"Không có đơn vị nào mang mã {unit}.")
    if found.valid_to is not None and found.valid_to <= local_date(now()):
        raise click.ClickException(f"{found.name} (mã {unit}) đã hết hiệu lực từ {found.valid_to:%d/%m/%Y}.")
    try:
        create(db.session, email=email, name=name, password=password, role=Role(role), unit=found, now=now())
        db.session.commit()
    except WeakPassword as error:
        raise click.ClickException(str(error)) from error
    except IntegrityError as error:
        db.session.rollback()
        raise click.ClickException("Thư điện tử này đã có tài khoản.") from error
    click.echo(f"Đã tạo tài khoản {email} tại {found.name}.")
