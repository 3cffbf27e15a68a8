"""Sheets of ratings at the terminal, the wiping of rehearsals, and how long comments are kept."""

import uuid
from datetime import date, datetime
from pathlib import Path

import click
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from account.operations.audit import TERMINAL
from core.clock import now
from core.erasure_log import FILE, read
from core.retention import Rule
from core.sheets.cells import SheetError
from core.sheets.reading import read_sheets
from core.sheets.report import to_lines
from core.values.numbers import thousands
from core.values.text import N_
from core.values.week import local_date
from core.web.extensions import db, keyring, settings
from survey.counter.cli.group import counter_at, office_at, survey_cli
from survey.rating.files import imports
from survey.rating.files.columns import IMPORTED
from survey.rating.files.ratings import Defaults
from survey.rating.operations import rehearsal
from survey.rating.operations.comments import ERASED, erase_comments_again, purge_comments
from survey.rating.operations.many import import_ratings
from survey.rating.rules.channels import Channel
from survey.rating.rules.retention import COMMENT_DAYS

RETENTION = (
    Rule(
        "comments", N_("Góp ý bằng lời trong lượt đánh giá"), N_("{days} ngày").format(days=COMMENT_DAYS),
        N_("Đủ để cơ quan trả lời và cải tiến; sau đó chỉ còn số liệu"), purge_comments,
    ),
)  # fmt: skip
"""What a survey keeps of what people wrote, and how long."""


def erase_again(session: Session, _today: date) -> str:
    """A duty after a restore: comments that were erased since the backup are erased in it as well."""
    count = erase_comments_again(session, read(settings().instance_path / FILE, ERASED))
    return f"Đã xóa lại {thousands(count)} góp ý mà người viết đã xóa sau bản sao lưu." if count else ""


@survey_cli.command("import-ratings")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--counter", "where", required=True, help="Quầy nhận: CƠ-QUAN/SỐ-QUẦY, hoặc địa chỉ in trên tờ treo.")
@click.option(
    "--channel",
    type=click.Choice([each.value for each in IMPORTED]),
    default=Channel.PAPER.value,
    show_default=True,
    help="Kênh của các dòng không ghi kênh.",
)
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Ngày của các dòng không ghi ngày.")
@click.option("--other-forms", is_flag=True, help="Dòng giống hệt dòng đã nhập là phiếu khác: nhập cả.")
@click.option("--dry-run", is_flag=True, help="Chỉ báo cáo, không nhập gì.")
@click.option("--skip-errors", is_flag=True, help="Bỏ qua các dòng có lỗi, nhập các dòng còn lại.")
def import_command(
    file: Path, where: str, channel: str, day: datetime | None, other_forms: bool, dry_run: bool, skip_errors: bool
) -> None:
    """Nhập phiếu đánh giá từ bảng tính FILE (CSV, XLSX, XLS, ODS); nhập lại cùng tệp thì không thêm gì."""
    counter, today = counter_at(where), local_date(now())
    batch = uuid.uuid4().hex if other_forms else ""
    defaults = Defaults(counter.number, today, Channel(channel), day.date() if day else None, batch)
    try:
        grid = imports.open_sheet(read_sheets(file))
        planned = imports.plan(db.session, keyring(), counter, grid, grid.places, defaults)
    except SheetError as error:
        raise click.ClickException(str(error)) from error
    for line in to_lines(planned.report):
        click.echo(line)
    if dry_run:
        return
    if planned.report.errors and not skip_errors:
        raise click.ClickException("Chưa nhập gì. Sửa các dòng có lỗi, hoặc thêm --skip-errors để bỏ qua chúng.")
    try:
        import_ratings(db.session, TERMINAL, keyring(), counter, imports.sheet_of(counter, planned), now=now())
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        raise click.ClickException("Bảng này vừa được nhập ở nơi khác. Xin chạy lại.") from error
    click.echo(f"Đã nhập {planned.report.new} lượt đánh giá vào quầy {counter.number}, {counter.office.name}.")


@survey_cli.command("template")
@click.argument("file", type=click.Path(path_type=Path))
def template_command(file: Path) -> None:
    """Ghi mẫu bảng tính phiếu đánh giá vào FILE (XLSX)."""
    file.write_bytes(imports.template())
    click.echo(f"{file}")


@survey_cli.command("wipe-rehearsal")
@click.argument("slug", metavar="OFFICE")
def wipe_rehearsal(slug: str) -> None:
    """Xóa mọi lượt diễn tập ở các quầy của cơ quan OFFICE."""
    office = office_at(slug)
    wiped = rehearsal.wipe_rehearsal(db.session, TERMINAL, office, now=now())
    db.session.commit()
    click.echo(f"Đã xóa {wiped} lượt diễn tập.")
