"""The terminal's door to the machinery: prepare an instance, move its schema, back it up, purge what has expired."""

from pathlib import Path

import click
from flask.cli import AppGroup

from core import backup, clock, retention, schema
from core.duties import fulfil
from core.replay import purge_replies
from core.retention import Rule
from core.sheets.memory import purge_drafts
from core.values.numbers import thousands
from core.values.text import N_
from core.values.week import local_date
from core.web.extensions import db, keyring, settings

db_cli = AppGroup("db", help="Lược đồ cơ sở dữ liệu.")
backup_cli = AppGroup("backup", help="Sao lưu và phục hồi.")


@click.command("setup")
@click.option("--quiet", is_flag=True, help="Không in gì.")
def setup_command(quiet: bool) -> None:
    """Chuẩn bị một bản cài đặt trống: khóa, bảng dữ liệu, đơn vị hành chính cả nước."""
    schema.upgrade(db.engine)
    told = list(fulfil("setup", db.session, local_date(clock.now())))
    db.session.commit()
    if quiet:
        return
    for line in told:
        click.echo(line)
    click.echo(f"Sẵn sàng. Khóa {keyring().fingerprint} nằm trong {settings().instance_path / 'master.key'}:")
    click.echo("hãy cất một bản ở nơi khác; mất khóa là mất mã QR đã in và mất thông tin liên hệ.")


RETENTION = (
    Rule(
        "replies", N_("Phản hồi giữ để một lần gửi không thành hai"), N_("24 giờ"),
        N_("Chỉ để gửi lại mà không bị tính hai lần"), purge_replies,
    ),
    Rule(
        "drafts", N_("Bảng tính tải lên mà chưa nhập"), N_("1 ngày"), N_("Chỉ để xem lại trước khi nhập"), purge_drafts,
    ),
)  # fmt: skip
"""What the machinery itself keeps, and how long."""


@click.command("purge")
@click.option("--dry-run", is_flag=True, help="Chỉ nói sẽ xóa gì, không xóa.")
def purge_command(dry_run: bool) -> None:
    """Xóa những gì đã hết hạn giữ, làm những gì đã đến ngày (chạy mỗi ngày một lần)."""
    now = clock.now()
    today = local_date(now)
    told = [f"{run.kind}: {'sẽ' if dry_run else 'đã'} xóa {thousands(run.removed)}."
            for run in retention.purge(db.session, today=today, now=now)]  # fmt: skip
    if dry_run:
        db.session.rollback()
    else:
        told += fulfil("daily", db.session, today)
        db.session.commit()
    for line in told:
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
def create_command(file: Path) -> None:
    """Sao lưu cơ sở dữ liệu vào FILE trong lúc hệ thống vẫn chạy."""
    try:
        size = backup.create(settings().database_url, file, keyring())
    except backup.BackupError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Đã sao lưu vào {file} ({size} byte). Tệp khóa master.key không nằm trong đó: hãy cất riêng.")


@backup_cli.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.option("--replace", is_flag=True, help="Thay dữ liệu đang có.")
def restore_command(file: Path, replace: bool) -> None:
    """Phục hồi cơ sở dữ liệu từ FILE."""
    db.session.close()
    db.engine.dispose()
    try:
        backup.restore(settings().database_url, file, keyring(), replace=replace)
    except backup.BackupError as error:
        raise click.ClickException(str(error)) from error
    click.echo("Đã phục hồi. Hãy mở trang chủ và đối chiếu vài con số trước khi cho người dân dùng lại.")


COMMANDS = (setup_command, purge_command, db_cli, backup_cli)
