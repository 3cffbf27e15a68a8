"""The first run in the terminal: the code that opens it in the browser, or everything asked here."""

from datetime import date

import click
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from account.cli.group import a_name, account_cli, an_address
from account.operations import first_run
from account.operations.account import WeakPassword
from account.operations.audit import TERMINAL
from account.rules.password import SHORTEST
from commune.queries import find_unit
from core import clock
from core.command_line import flask_line, make_line
from core.settings import FILE, write
from core.values.codes import in_fours
from core.values.week import local_date
from core.web.extensions import db, settings

PAGE = "/quan-tri/cai-dat"
"""Where the browser asks the same."""


def begin(session: Session, _today: date) -> str:
    """A duty of `flask setup`: while nobody can sign in, say how to begin, with a code for the browser."""
    if first_run.has_accounts(session):
        return f"Đã có tài khoản; đăng nhập ở {settings().public_url}/quan-tri/dang-nhap."
    code = in_fours(first_run.issue_code(settings().instance_path, now=clock.now()))
    return (
        f"Chưa có tài khoản nào. Khởi động máy chủ:\n\n    {make_line('serve')}\n\n"
        f"rồi mở {settings().public_url}{PAGE} trong trình duyệt và nhập mã này "
        f"(dùng một lần, trong {first_run.LIFE.seconds // 3600} giờ):\n\n    {code}\n\n"
        f"hoặc trả lời ngay tại đây:\n\n    {flask_line('account first')}\n"
    )


def point_to_first_run(session: Session, _today: date) -> str:
    """A duty as a server starts: while nobody can sign in, say where the first set-up is."""
    if first_run.has_accounts(session):
        return ""
    return (
        f"Chưa có tài khoản nào. Cài đặt lần đầu ở {settings().public_url}{PAGE} "
        f"(mã cài đặt: chạy {flask_line('setup')})."
    )


@account_cli.command("first")
@click.option("--unit", prompt="Mã đơn vị của mình (tra bằng flask commune find)", help="Mã đơn vị, ví dụ 08.")
@click.option("--brand", prompt="Tên hiển thị ở đầu trang", default="Lắng Nghe", show_default=True)
@click.option("--host", prompt="Cơ quan chủ trì khảo sát (không phải cơ quan được đánh giá)", callback=a_name)
@click.option("--public-url", prompt="Địa chỉ công khai, in trong mọi mã QR", help="Ví dụ https://danhgia.tinh.gov.vn.")
@click.option("--mail-url", prompt="Máy chủ gửi thư (để trống nếu chưa có)", default="", show_default=False)
@click.option("--name", prompt="Họ và tên của người quản trị", callback=a_name)
@click.option("--email", prompt="Thư điện tử", callback=an_address)
@click.option(
    "--password", prompt=f"Mật khẩu (từ {SHORTEST} ký tự)", hide_input=True, confirmation_prompt="Nhập lại mật khẩu"
)
def first_command(
    unit: str, brand: str, host: str, public_url: str, mail_url: str, name: str, email: str, password: str
) -> None:
    """Cài đặt lần đầu ngay tại dòng lệnh: đơn vị, cơ quan chủ trì, địa chỉ, tài khoản đầu tiên."""
    if first_run.has_accounts(db.session):
        raise click.ClickException("Đã có tài khoản. Thêm người bằng “flask account create”.")
    found = find_unit(db.session, unit)
    if found is None or (found.valid_to is not None and found.valid_to <= local_date(clock.now())):
        raise click.ClickException(f"Không có đơn vị nào đang mang mã {unit}. Tra bằng “flask commune find TÊN”.")
    values = {"PUBLIC_URL": public_url.strip().rstrip("/"), "BRAND": brand, "HOST": host, "MAIL_URL": mail_url}
    try:
        first_run.create_first_account(
            db.session, email=email, name=name, password=password, unit=found, now=clock.now(), by=TERMINAL
        )
        write(settings().instance_path / FILE, {name: value for name, value in values.items() if value})
        db.session.commit()
    except (WeakPassword, ValueError) as error:
        db.session.rollback()
        raise click.ClickException(str(error)) from error
    except IntegrityError as error:
        db.session.rollback()
        raise click.ClickException("Thư điện tử này đã có tài khoản.") from error
    click.echo(
        f"Đã cài đặt cho {found.name}. Khởi động bằng “make serve” rồi đăng nhập; lần đầu sẽ thiết lập mã xác thực."
    )
