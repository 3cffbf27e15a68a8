"""Terminal commands of the demo."""

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import IntegrityError

from commune.files.country import MERGED
from core import clock, schema
from core.translation import gettext
from core.values.text import N_
from core.values.week import VIETNAM, day_start
from core.web.command_line import flask_line
from core.web.extensions import db, keyring, settings
from demo.accounts import ACCOUNTS, ADMINISTRATOR, code_at, keep_secrets, new_password, read_secret
from demo.chance import Chance
from demo.doors import list_doors
from demo.dump import dump
from demo.load import holds_data, load
from demo.published import Differs
from demo.remove import amounts, find_made, holds_demo, keep_made, made_by, remove, sweep
from demo.world import World

SEED = 2023
A_YEAR = 53 * 7

_NOW_EMPTY = N_(
    "Không còn dữ liệu nào khác; danh mục đơn vị hành chính, khóa, cài đặt và nhật ký vẫn còn. "
    "Để lập tài khoản đầu tiên, chạy: %(setup)s"
)

_NO_DEMO = N_("Bản cài đặt này không có dữ liệu minh họa.")
_RESTORED = N_(
    "Dữ liệu minh họa ở đây được phục hồi từ bản sao lưu, không kèm danh sách những gì đã nạp, nên không gỡ riêng "
    "được. Muốn bỏ, hãy dùng bản cài đặt mới, hoặc gỡ ở bản cài đặt đã nạp."
)
_NEW_PASSWORD = N_(
    "Dữ liệu minh họa ở đây được phục hồi từ bản sao lưu, không kèm mật khẩu và mã dùng thử. Để vào, hãy đặt lại "
    "mật khẩu và mã xác thực của tài khoản: %(reset)s"
)

demo_cli = AppGroup("demo", help=N_("Tỉnh minh họa."))


@demo_cli.command("load")
@click.option("--seed", type=int, default=SEED, show_default=True, help=N_("Cùng một số cho cùng một tỉnh minh họa."))
@click.option("--now", "at", help=N_("Coi bây giờ là lúc này (ISO 8601; không ghi múi giờ là giờ Việt Nam)."))
@click.option("--if-empty", is_flag=True, help=N_("Nếu đã có dữ liệu thì thôi, không báo lỗi."))
def load_command(seed: int, at: str | None, if_empty: bool) -> None:
    """Nạp dữ liệu minh họa vào một bản cài đặt trống."""
    if not schema.is_current(db.engine):
        raise click.ClickException(f"Bản cài đặt chưa sẵn sàng. Hãy chạy trước: {flask_line('setup')}")
    if holds_data(db.session):
        if if_empty:
            return
        raise click.ClickException("Bản cài đặt này đã có dữ liệu; dữ liệu minh họa chỉ nạp vào bản trống.")
    password = new_password()
    world = World(db.session, keyring(), Chance(seed), _moment(at), click.echo)
    try:
        secret = load(world, password)
    except Differs as error:
        db.session.rollback()
        raise click.ClickException(f"Số liệu dựng lại không khớp, chưa nạp gì:\n{error}") from error
    db.session.commit()
    path = keep_secrets(settings().instance_path, password, secret)
    keep_made(settings().instance_path, made_by(db.session))
    click.echo(f"Xong. Mật khẩu của các tài khoản thử giữ trong {path}; xem mọi lối vào: {flask_line('demo doors')}")


@demo_cli.command("remove")
@click.option("--yes", is_flag=True, help=N_("Không hỏi lại."))
def remove_command(yes: bool) -> None:
    """Gỡ hết dữ liệu minh họa, không để lại dấu vết; dữ liệu khác giữ nguyên."""
    instance = settings().instance_path
    made = find_made(instance)
    if made is None:
        raise click.ClickException(_RESTORED if holds_demo(db.session) else _NO_DEMO)
    goes, stays = amounts(db.session, made)
    if not yes:
        click.echo(f"Sẽ gỡ, kể cả những gì đã thử trên đó: {goes.words}.")
        click.echo(f"Sẽ giữ: {stays.words}; danh mục đơn vị hành chính, khóa, cài đặt và nhật ký.")
        click.echo(f"Gỡ rồi thì không lấy lại được, trừ khi đã sao lưu ({flask_line('backup create TỆP')}).")
        click.confirm("Gỡ dữ liệu minh họa?", abort=True)
    try:
        is_empty = remove(db.session, made)
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        raise click.ClickException(
            "Có dữ liệu thật đang dựa vào dữ liệu minh họa; chưa gỡ gì. Xin chuyển sang bản cài đặt mới."
        ) from error
    db.session.close()
    sweep(db.engine, instance)
    click.echo(f"Đã gỡ: {goes.words}.")
    click.echo(gettext(_NOW_EMPTY, setup=flask_line("setup")) if is_empty else f"Vẫn giữ nguyên: {stays.words}.")


@demo_cli.command("doors")
def doors_command() -> None:
    """Cho biết nên mở những địa chỉ nào, và mật khẩu dùng thử."""
    with current_app.test_request_context(base_url=settings().public_url):
        for what, where in list_doors(db.session, keyring(), settings().instance_path):
            click.echo(f"{what}: {where}" if where else f"\n{what}")


@demo_cli.command("code")
@click.argument("email", required=False)
def code_command(email: str | None) -> None:
    """In sáu chữ số đang dùng được của tài khoản minh họa EMAIL (các tài khoản dùng chung một mã)."""
    secret = read_secret(settings().instance_path)
    if secret is None:
        entry = gettext(
            _NEW_PASSWORD, reset=flask_line(f"account reset {email or ADMINISTRATOR} --print --drop-factor")
        )
        raise click.ClickException(entry if holds_demo(db.session) else _NO_DEMO)
    if email is not None and email not in ACCOUNTS:
        raise click.ClickException(f"{email} không phải tài khoản minh họa.")
    click.echo(code_at(secret, clock.now()))


@demo_cli.command("dump")
def dump_command() -> None:
    """In mọi dòng dữ liệu theo một thứ tự cố định, để so hai bản cài đặt."""
    for line in dump(db.session):
        click.echo(line)


def _moment(text: str | None) -> datetime:
    """Return the moment in *text*, or the present one; the contests of today need a year with today's communes."""
    if text is None:
        return clock.now()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter("xin ghi như 2026-11-23T09:00", param_hint="--now") from error
    moment = clock.to_millisecond(moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)).astimezone(UTC)
    if (moment - day_start(MERGED)).days < A_YEAR:
        raise click.BadParameter("cần một lúc từ giữa tháng 7/2026 trở đi", param_hint="--now")
    return moment
