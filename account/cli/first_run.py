"""The first run at the terminal: print the code for the browser, or ask all questions here."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

import click
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from account.cli.group import a_name, account_cli, an_address
from account.forms.first_run import fault_of_address, units_rated, with_parents
from account.operations import first_run
from account.operations.audit import TERMINAL
from account.operations.password import WeakPassword, check_password
from account.rules.password import SHORTEST
from commune.forms import objection_to_host
from commune.models import Unit
from commune.queries import find_unit
from commune.queries.search import search_units
from core import clock
from core.settings import FILE, BadSetting, check, write
from core.translation import gettext
from core.values.codes import in_fours
from core.values.text import N_, Sentence, clean
from core.values.week import local_date
from core.web.command_line import flask_line, make_line
from core.web.extensions import db, settings
from core.web.health import running_fault

USUAL_PORT = 8000
PAGE = "/quan-tri/cai-dat"
"""The page with the same questions."""
OFFERED, LONGEST_HOST = 8, 200
MEANT = "own committee meant"
Callback = Callable[[click.Context, click.Parameter, str], str]


def begin(session: Session, _today: date) -> str:
    """Set-up duty: while there is no account, print how to begin, with a code for the browser."""
    if first_run.has_accounts(session):
        return gettext(
            "Đã có tài khoản; đăng nhập ở %(public_url)s/quan-tri/dang-nhap.", public_url=settings().public_url
        )
    code = in_fours(first_run.issue_code(settings().instance_path, now=clock.now()))
    return gettext(
        "Chưa có tài khoản nào. Khởi động máy chủ:\n\n    %(command)s\n\nrồi mở %(public_url)s%(page)s trong trình "
        "duyệt và nhập mã này (dùng một lần, trong %(seconds)s giờ):\n\n    %(code)s\n\nhoặc trả lời ngay tại "
        "đây:\n\n    %(command2)s\n",
        command=make_line(_serve()),
        public_url=settings().public_url,
        page=PAGE,
        seconds=first_run.LIFE.seconds // 3600,
        code=code,
        command2=flask_line("account first"),
    )


def _serve() -> str:
    """Return the goal of make that serves at the printed address, with its port where that is not the usual one."""
    port = urlsplit(settings().public_url).port
    return f"serve PORT={port}" if settings().is_local and port not in (None, USUAL_PORT) else "serve"


def point_to_first_run(session: Session, _today: date) -> str:
    """Start-up duty: while there is no account, print the address of the first set-up."""
    if first_run.has_accounts(session):
        return ""
    return gettext(
        "Chưa có tài khoản nào. Cài đặt lần đầu ở %(public_url)s%(page)s (mã cài đặt: chạy %(command)s).",
        public_url=settings().public_url,
        page=PAGE,
        command=make_line("setup"),
    )


def _nobody_yet(_context: click.Context, _parameter: click.Parameter, _is_given: bool) -> None:
    """Refuse before the first question if there is an account, or the instance is not ready."""
    fault = running_fault()
    if fault is None and first_run.has_accounts(db.session):
        fault = gettext("Đã có tài khoản. Thêm người bằng: %(command)s", command=flask_line("account create"))
    if fault is not None:
        raise click.ClickException(fault)


def _meant(context: click.Context, _parameter: click.Parameter, is_given: bool) -> None:
    context.meta[MEANT] = is_given


def _at_once(check: Callback) -> Callback:
    """Return *check* with its refusal as a usage error, so that the same question is asked again."""

    def checked(context: click.Context, parameter: click.Parameter, typed: str) -> str:
        try:
            return check(context, parameter, typed)
        except click.ClickException as error:
            raise click.BadParameter(error.message) from error

    return checked


def _a_unit(_context: click.Context, _parameter: click.Parameter, typed: str) -> str:
    """Return the code of the only unit in force that *typed*, a code or a name, can mean."""
    bearer = _in_force(typed.strip())
    if bearer is not None:
        return bearer.code
    found = search_units(db.session, typed, limit=OFFERED, on=local_date(clock.now()))
    if len(found) == 1:
        click.echo(gettext("  %(found)s (mã %(code)s)", found=with_parents(found[0]), code=found[0].unit.code))
        return found[0].unit.code
    if not found:
        raise click.BadParameter(
            gettext("Không thấy nơi nào tên hay mã là “%(typed)s”. Thử tên tỉnh, tên xã, không cần dấu.", typed=typed)
        )
    several = "".join(f"\n  {each.unit.code}  {with_parents(each)}" for each in found)
    raise click.BadParameter(gettext("Có nhiều nơi mang tên này. Gõ mã của một nơi:%(several)s", several=several))


def _in_force(code: str) -> Unit | None:
    found = find_unit(db.session, code)
    is_over = found is not None and found.valid_to is not None and found.valid_to <= local_date(clock.now())
    return None if is_over else found


def _an_office(context: click.Context, _parameter: click.Parameter, typed: str) -> str:
    name = clean(typed)
    if not 0 < len(name) <= LONGEST_HOST:
        raise click.BadParameter(
            gettext("Xin ghi tên cơ quan chủ trì, không quá %(longest_host)s chữ.", longest_host=LONGEST_HOST)
        )
    doubt = objection_to_host(name, units_rated(_in_force(context.params.get("unit") or "")))
    if doubt is not None and not context.meta[MEANT]:
        click.echo(doubt)
        if not click.confirm(gettext("Vẫn để cơ quan này chủ trì?")):
            raise click.BadParameter(gettext("Xin ghi cơ quan khác."))
        context.meta[MEANT] = True  # a prompt that is answered again passes here
    return name


def _an_origin(_context: click.Context, _parameter: click.Parameter, typed: str) -> str:
    fault = fault_of_address(typed.strip())
    if fault is not None:
        raise click.BadParameter(fault)
    return typed.strip().rstrip("/")


def _a_mail_server(_context: click.Context, _parameter: click.Parameter, typed: str) -> str:
    try:
        check({"MAIL_URL": typed.strip()})
    except BadSetting as error:
        raise click.BadParameter(str(error)) from error
    return typed.strip()


def _a_password(_context: click.Context, _parameter: click.Parameter, typed: str) -> str:
    try:
        check_password(typed)
    except WeakPassword as error:
        raise click.BadParameter(str(error)) from error
    return typed


@account_cli.command("first")
@click.option("--nobody-yet", is_flag=True, is_eager=True, hidden=True, expose_value=False, callback=_nobody_yet)
@click.option(
    "--unit",
    prompt=N_("Đơn vị của mình (tên hoặc mã)"),
    callback=_a_unit,
    help=N_("Tên hoặc mã, ví dụ 08."),
    is_eager=True,
)
@click.option(
    "--own-committee",
    is_flag=True,
    is_eager=True,
    callback=_meant,
    expose_value=False,
    help=N_("Để UBND của chính đơn vị chủ trì mà không hỏi lại."),
)
@click.option("--brand", prompt=N_("Tên hiển thị ở đầu trang"), default="Lắng Nghe", show_default=True)
@click.option("--host", prompt=N_("Cơ quan chủ trì khảo sát (không phải cơ quan được đánh giá)"), callback=_an_office)
@click.option(
    "--public-url",
    prompt=N_("Địa chỉ công khai, in trong mọi mã QR, ví dụ https://danhgia.tinh.gov.vn"),
    callback=_an_origin,
    help=N_("Ví dụ https://danhgia.tinh.gov.vn."),
)
@click.option(
    "--mail-url",
    prompt=N_("Máy chủ gửi thư (để trống nếu chưa có)"),
    default="",
    show_default=False,
    callback=_a_mail_server,
)
@click.option("--name", prompt=N_("Họ và tên của người quản trị"), callback=_at_once(a_name))
@click.option("--email", prompt=N_("Thư điện tử"), callback=_at_once(an_address))
@click.option(
    "--password",
    prompt=Sentence(N_("Mật khẩu (từ %(shortest)s ký tự)"), shortest=SHORTEST),
    hide_input=True,
    confirmation_prompt=N_("Nhập lại mật khẩu"),
    callback=_a_password,
)
def first_command(
    unit: str, brand: str, host: str, public_url: str, mail_url: str, name: str, email: str, password: str
) -> None:
    """Cài đặt lần đầu ngay tại dòng lệnh: đơn vị, cơ quan chủ trì, địa chỉ, tài khoản đầu tiên."""
    found = _in_force(unit)
    if found is None:
        raise click.ClickException(gettext("Không có đơn vị nào đang mang mã %(unit)s.", unit=unit))
    values = {"PUBLIC_URL": public_url, "BRAND": brand, "HOST": host, "MAIL_URL": mail_url}
    try:
        first_run.create_first_account(
            db.session, email=email, name=name, password=password, unit=found, now=clock.now(), by=TERMINAL
        )
        write(settings().instance_path / FILE, {name: value for name, value in values.items() if value})
        db.session.commit()
    except (ValueError, IntegrityError) as error:
        db.session.rollback()
        why = N_("Vừa có người tạo tài khoản này.") if isinstance(error, IntegrityError) else str(error)
        raise click.ClickException(why) from error
    click.echo(
        gettext("Đã cài đặt cho %(name)s. Khởi động máy chủ: %(command)s", name=found.name, command=make_line("serve"))
    )
    click.echo(
        gettext(
            "rồi đăng nhập ở %(public_url)s/quan-tri/dang-nhap; lần đầu sẽ thiết lập mã xác thực.",
            public_url=public_url,
        )
    )
