"""Terminal commands for an instance: set up, migrate, back up, restore, purge."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError

from core import backup, backup_encryption, clock, erasure_log, schema
from core.audit_hook import record_command
from core.backup import Copy
from core.commands.cli_errors import with_any_key
from core.commands.doctor.cli import doctor_command
from core.commands.housekeeping import tidy
from core.commands.messages import messages_cli
from core.commands.worker import worker_command
from core.crypto import Keyring, load_or_create_master
from core.db import is_there
from core.duties import Duty, check_daily, collect_duties, run_duties
from core.instance import remember_key
from core.instance_check import key_file
from core.jobs.models import WorkerBeat
from core.retention import purge
from core.settings import FILE, LOOPBACK, access_fault, portable, read, write
from core.translation import gettext
from core.values.dates import moment
from core.values.numbers import thousands
from core.values.text import N_
from core.values.week import local_date
from core.web.command_line import flask_line
from core.web.extensions import db, keyring, settings

db_cli = AppGroup("db", help=N_("Lược đồ cơ sở dữ liệu."))
backup_cli = AppGroup("backup", help=N_("Sao lưu và phục hồi."))
_UNKNOWN = N_(
    "CHÚ Ý: không có %(file)s, nên không biết ai đã được xóa thông tin từ sau bản sao lưu. Nếu có tệp ấy ở máy cũ hay "
    "cất cùng bản sao lưu, hãy chép vào đó rồi phục hồi lại với --replace. Không có thì xem nhật ký đã xuất và đơn "
    "xin xóa đã nhận, rồi xóa lại ở %(requests)s. Những gì quá hạn giữ thì vừa được xóa."
)
_NEW_KEY = N_(
    "Khóa sao lưu, chỉ in ra lần này:\n\n    %(secret)s\n\n"
    "Hãy chép ra giấy hoặc nơi khác, không để trên máy này và không chung chỗ với bản sao lưu. Phục hồi thì phải nhập "
    "khóa này. MẤT KHÓA LÀ MẤT MỌI BẢN SAO LƯU từ đây: không ai mở lại được. Các bản trước mở bằng khóa trước.\n"
    "Phần công khai đã ghi vào %(file)s; từ nay flask backup create tự dùng."
)
_MISTAKE = N_("Chưa xóa gì theo hạn giữ. Hệ thống tự xóa trong lần dọn hằng ngày tới; xem trước: %(purge)s")


@click.command("setup")
@click.option("--quiet", is_flag=True, help=N_("Không in gì."))
def setup_command(quiet: bool) -> None:
    """Chuẩn bị một bản cài đặt trống: khóa, bảng dữ liệu, đơn vị hành chính cả nước."""
    _ensure_key()
    schema.upgrade(db.engine)
    lines = [remember_key(db.session, keyring()), *run_duties("setup", db.session, local_date(clock.now()))]
    db.session.commit()
    if quiet:
        return
    for line in lines:
        click.echo(line)
    click.echo(
        gettext(
            "Sẵn sàng. Khóa %(fingerprint)s nằm trong %(settings)s:",
            fingerprint=keyring().fingerprint,
            settings=key_file(settings()),
        )
    )
    click.echo(gettext("hãy cất một bản ở nơi khác; mất khóa là mất mã QR đã in và mất thông tin liên hệ."))


def _ensure_key() -> None:
    """Make a key for an instance that holds no data yet. With data a missing key file must be found, not replaced."""
    if current_app.extensions["keyring"] is not None:
        return
    file = key_file(settings())
    if schema.holds_rows(db.engine):
        raise click.ClickException(
            gettext("Đã có dữ liệu mà thiếu tệp khóa %(file)s: hãy chép lại bản đã cất riêng vào đó.", file=file)
        )
    try:
        current_app.extensions["keyring"] = Keyring(load_or_create_master(file))
    except OSError as error:
        raise click.ClickException(access_fault(file, error)) from error


@click.command("purge")
@click.option("--dry-run", is_flag=True, help=N_("Chỉ nói sẽ xóa gì, không xóa."))
def purge_command(dry_run: bool) -> None:
    """Xóa những gì đã hết hạn giữ, làm những gì đã đến ngày (flask worker tự làm mỗi ngày một lần)."""
    now = clock.now()
    checked = [] if dry_run else check_daily(db.session)
    db.session.rollback()
    lines = list(tidy(db.session, local_date(now), now, is_trial=dry_run, checked=checked))
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    for line in lines:
        click.echo(line)


@db_cli.command("upgrade")
@click.argument("to", default="head")
def upgrade_command(to: str) -> None:
    """Nâng lược đồ lên bản mới nhất (hoặc bản TO)."""
    schema.upgrade(db.engine, to)


@db_cli.command("downgrade")
@click.argument("to")
def downgrade_command(to: str) -> None:
    """Đưa lược đồ về bản TO ("base": bỏ hết)."""
    schema.downgrade(db.engine, to)


@db_cli.command("revise")
@click.argument("message")
@click.argument("revision")
def revise_command(message: str, revision: str) -> None:
    """Phác bản di trú tiếp theo từ các mô hình (cho người phát triển)."""
    schema.revise(db.engine, message, revision)


@backup_cli.command("create")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help=N_("Ghi đè lên tệp đang có."))
def create_command(file: Path, replace: bool) -> None:
    """Sao lưu cơ sở dữ liệu và cài đặt vào FILE trong lúc hệ thống vẫn chạy."""
    try:
        size = backup.create(settings(), file, keyring(), replace=replace)
    except backup.BackupError as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        gettext(
            "Đã sao lưu vào %(file)s (%(size)s byte). Tệp khóa master.key không nằm trong đó: hãy cất riêng.",
            file=file,
            size=size,
        )
    )
    own = N_("Bản này đã mã hóa: muốn mở phải có khóa sao lưu đã cất riêng (AGE-SECRET-KEY-…) và master.key.")
    click.echo(own if settings().backup_recipient else N_("Bản này đã mã hóa: muốn mở phải có master.key."))


@backup_cli.command("key")
def key_command() -> None:
    """Tạo khóa sao lưu riêng, in ra một lần để cất ngoài máy này."""
    secret, recipient = backup_encryption.new_key()
    file = settings().instance_path / FILE
    write(file, {"BACKUP_RECIPIENT": recipient})
    click.echo(gettext(_NEW_KEY, secret=secret, file=file))


@backup_cli.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.option("--replace", is_flag=True, help=N_("Thay dữ liệu đang có."))
@click.option(
    "--with-erased", is_flag=True, help=N_("Lấy lại cả thông tin của người đã xóa sau bản sao lưu: chỉ khi xóa nhầm.")
)
@click.option(
    "--key", "secret_file", type=click.File(), help=N_("Tệp giữ khóa sao lưu riêng; không có thì lệnh sẽ hỏi.")
)
@with_any_key
def restore_command(file: Path, replace: bool, with_erased: bool, secret_file: TextIO | None) -> None:
    """Phục hồi cơ sở dữ liệu, và settings.toml nếu chưa có, từ FILE."""
    if current_app.extensions["keyring"] is None:
        raise click.ClickException(
            gettext(
                "Trước khi phục hồi, hãy chép master.key đã cất riêng vào %(settings)s.", settings=key_file(settings())
            )
        )
    carried = _note_ended()
    is_known = _erased().exists()
    db.session.close()
    db.engine.dispose()
    try:
        copy = _opened(file, replace, secret_file.read() if secret_file else "")
    except backup.BackupError as error:
        raise click.ClickException(str(error)) from error
    for line in _catch_up(file, copy, carried, with_erased):
        click.echo(line)
    for line in _settle(copy.settings, settings().instance_path / FILE):
        click.echo(line)
    if with_erased:
        click.echo(gettext(_MISTAKE, purge=flask_line("purge --dry-run")))
    elif not is_known:
        click.echo(gettext(_UNKNOWN, file=_erased(), requests="/quan-tri/yeu-cau"))
    click.echo(gettext("Đã phục hồi. Hãy mở trang chủ và đối chiếu vài con số trước khi cho người dân dùng lại."))


def _opened(file: Path, replace: bool, secret: str) -> Copy:
    """Restore the database; a person at the terminal is asked for the key that is missing."""
    try:
        return backup.restore(settings(), file, keyring(), replace=replace, secret=secret)
    except backup.KeyNeeded as error:
        if secret or not sys.stdin.isatty():
            raise
        click.echo(str(error))
    asked = click.prompt(N_("Khóa sao lưu"), hide_input=True)
    return backup.restore(settings(), file, keyring(), replace=replace, secret=asked)


def _erased() -> Path:
    return settings().instance_path / erasure_log.FILE


def _note_ended() -> list[Duty]:
    """Log the erasures of the data that is replaced, and return the duties that it leaves for the copy."""
    carried: list[Duty] = []
    try:
        if is_there(db.engine):
            list(run_duties("replaced", db.session, local_date(clock.now())))
            db.session.commit()
            carried = collect_duties(db.session)
    except DBAPIError:
        db.session.rollback()
    return carried


def _catch_up(file: Path, copy: Copy, carried: list[Duty], with_erased: bool) -> list[str]:
    """Migrate the copy, repeat what was ended or erased since it was made, purge, and write the audit entry.

    Heartbeats of workers from the time of the copy are deleted.
    """
    now = clock.now()
    schema.upgrade(db.engine)
    db.session.execute(delete(WorkerBeat))
    if with_erased:
        _erased().unlink(missing_ok=True)
    lines = list(run_duties("restored", db.session, local_date(now), *carried))
    if not with_erased:
        runs = purge(db.session, today=local_date(now), now=now)
        lines += [
            gettext("%(kind)s: đã xóa %(removed)s, vì quá hạn giữ.", kind=run.kind, removed=thousands(run.removed))
            for run in runs
            if run.removed
        ]
    after = {"file": file.name, "done": " ".join(lines)}
    if copy.made_at is not None:
        lines = [gettext("Bản sao lưu làm lúc %(made_at)s.", made_at=moment(copy.made_at)), *lines]
        after["made_at"] = moment(copy.made_at)
    record_command(
        db.session, "backup.restore", N_("Cơ sở dữ liệu"), {**after, **({"with_erased": 1} if with_erased else {})}
    )
    db.session.commit()
    return lines


def _settle(stored: Mapping[str, str], file: Path) -> Iterator[str]:
    """Apply the settings of the backup where none are set here; yield those that are left to set."""
    kept = {name: value for name, value in stored.items() if value}
    if kept and file.exists():
        yield gettext("%(file)s đang có sẵn, được giữ nguyên.", file=file)
    elif kept:
        write(file, kept)
        yield gettext("Đã phục hồi %(file)s: %(kept)s.", file=file, kept=", ".join(kept))
    here, there = read(), stored.get("PUBLIC_URL")
    left_out = sorted(name for name in stored if not stored[name] and name not in portable(here))
    if left_out:
        yield gettext(
            "Không nằm trong bản sao lưu vì có mật khẩu, hãy ghi lại vào %(file)s: %(left_out)s.",
            file=file,
            left_out=", ".join(left_out),
        )
    if there and here.public_url != there.rstrip("/"):
        yield gettext(
            "CHÚ Ý: địa chỉ công khai ở đây là %(public_url)s, trong bản sao lưu là %(there)s.",
            public_url=here.public_url,
            there=there,
        )
    elif here.public_host in LOOPBACK:
        yield gettext(
            "CHÚ Ý: địa chỉ công khai đang là %(public_url)s. Đặt PUBLIC_URL trước khi mở cho người dân.",
            public_url=here.public_url,
        )


COMMANDS = (setup_command, doctor_command, purge_command, worker_command, db_cli, backup_cli, messages_cli)
