"""The terminal's door to accounts."""

import re
from collections.abc import Mapping

import click
from flask.cli import AppGroup
from sqlalchemy.exc import IntegrityError

from account.operations.account import SHORTEST, WeakPassword
from account.operations.account import create_account as create
from account.operations.audit import TERMINAL, Subject, record
from account.queries.audit import verify
from account.rules.actions import Action
from account.rules.chain import head_text, read_head
from account.rules.permissions import Role
from commune.queries import find_unit
from core.clock import now
from core.values.numbers import thousands
from core.values.text import clean
from core.values.week import local_date
from core.web.extensions import db

account_cli = AppGroup("account", help="Tài khoản cán bộ.")


ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
LONGEST_ADDRESS = 254
LONGEST_NAME = 100


def _address(_context: click.Context, _parameter: click.Parameter, typed: str) -> str:
    if not ADDRESS.fullmatch(typed.strip()) or len(typed.strip()) > LONGEST_ADDRESS:
        raise click.ClickException(f"“{typed}” chưa phải là địa chỉ thư điện tử, ví dụ ten@xa.gov.vn.")
    return typed.strip()


def _name(_context: click.Context, _parameter: click.Parameter, typed: str) -> str:
    name = clean(typed)
    if not 0 < len(name) <= LONGEST_NAME:
        raise click.ClickException(f"Xin ghi họ và tên, không quá {LONGEST_NAME} chữ.")
    return name


@account_cli.command("create")
@click.argument("email", callback=_address)
@click.option("--name", required=True, callback=_name, help="Họ và tên.")
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
        made = create(db.session, email=email, name=name, password=password, role=Role(role), unit=found, now=now())
        about = Subject("account.account", made.id, f"Tài khoản số {made.id}", found.id)
        record(db.session, TERMINAL, Action.ACCOUNT_CREATE, about, after={"role": role}, now=now())
        db.session.commit()
    except WeakPassword as error:
        raise click.ClickException(str(error)) from error
    except IntegrityError as error:
        db.session.rollback()
        raise click.ClickException("Thư điện tử này đã có tài khoản.") from error
    click.echo(f"Đã tạo tài khoản {email} tại {found.name}.")


WRONG = {
    "changed": "mục số {number} đã bị sửa sau khi ghi",
    "gap": "thiếu mục ngay trước mục số {number}",
    "cut": "phần cuối đã bị cắt: không còn mục số {number}",
    "rewritten": "mục số {number} không phải mục đã in hoặc đã tải về trước đây: chuỗi đã bị viết lại",
}


@account_cli.command("verify-audit")
@click.option("--head", "told", help="Đầu chuỗi đã chép lại hoặc đã tải về trước đây, dạng SỐ:MÃ.")
def verify_command(told: str | None) -> None:
    """Kiểm tra nhật ký từ mục đầu đến mục cuối; in đầu chuỗi để cất ở nơi khác."""
    head = read_head(told) if told else None
    if told and head is None:
        raise click.ClickException("Đầu chuỗi có dạng SỐ:MÃ, ví dụ 12:9f86d0… (64 ký tự sau dấu hai chấm).")
    verdict = verify(db.session, head)
    if verdict.broken is not None:
        wrong = WRONG[verdict.why].format(number=thousands(verdict.broken))
        raise click.ClickException(f"Nhật ký không còn nguyên vẹn: {wrong}.")
    click.echo(f"Nhật ký nguyên vẹn: {thousands(verdict.entries)} mục.")
    click.echo(f"Đầu chuỗi: {head_text(verdict.entries, verdict.head)}")
    click.echo("Hãy chép đầu chuỗi này ra ngoài máy chủ; lần sau kiểm tra với --head thì biết cả khi phần cuối bị cắt.")


def record_at_terminal(action: str, words: str, after: Mapping[str, int | str]) -> None:
    """What a room below the accounts did at the terminal; handed to `core.witness` by app.py."""
    about = Subject(action.partition(".")[0], "", words, None)
    record(db.session, TERMINAL, Action(action), about, after=after, now=now())
