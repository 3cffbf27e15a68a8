"""The terminal's door to surveys."""

from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.exc import IntegrityError

from core.clock import now
from core.sheets.cells import SheetError
from core.sheets.reading import read_sheets
from core.sheets.report import to_lines
from core.values.week import local_date
from core.web.extensions import db, keyring, settings
from survey import operations, queries
from survey.documents import poster_of, poster_pdf
from survey.files import imports
from survey.files.columns import IMPORTED
from survey.files.ratings import Defaults
from survey.models import Counter
from survey.rules.levels import Channel

survey_cli = AppGroup("survey", help="Đánh giá tại quầy.")


@survey_cli.command("posters")
@click.argument("slug")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def posters(slug: str, folder: Path) -> None:
    """Vẽ tờ treo A4 cho mọi quầy của cơ quan SLUG vào FOLDER."""
    office = queries.find_office(db.session, slug)
    if office is None:
        raise click.ClickException(f"Không có cơ quan nào tên {slug!r}.")
    folder.mkdir(parents=True, exist_ok=True)
    for counter in queries.list_counters(db.session, office):
        file = folder / f"quay-{counter.number}.pdf"
        file.write_bytes(poster_pdf(poster_of(keyring(), settings().public_url, counter)))
        click.echo(f"{file}")


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
@click.option("--dry-run", is_flag=True, help="Chỉ báo cáo, không nhập gì.")
@click.option("--skip-errors", is_flag=True, help="Bỏ qua các dòng có lỗi, nhập các dòng còn lại.")
def import_command(
    file: Path, where: str, channel: str, day: datetime | None, dry_run: bool, skip_errors: bool
) -> None:
    """Nhập phiếu đánh giá từ bảng tính FILE (CSV, XLSX, XLS, ODS); nhập lại cùng tệp thì không thêm gì."""
    counter, today = _counter(where), local_date(now())
    defaults = Defaults(counter.number, today, Channel(channel), day.date() if day else None)
    try:
        grid = imports.open_sheet(read_sheets(file))
        planned = imports.plan(db.session, keyring(), counter, grid, grid.told, defaults)
    except SheetError as error:
        raise click.ClickException(str(error)) from error
    for line in to_lines(planned.report):
        click.echo(line)
    if dry_run:
        return
    if planned.report.errors and not skip_errors:
        raise click.ClickException("Chưa nhập gì. Sửa các dòng có lỗi, hoặc thêm --skip-errors để bỏ qua chúng.")
    try:
        imports.carry_out(db.session, keyring(), counter, planned)
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        raise click.ClickException("Bảng này vừa được nhập ở nơi khác. Xin chạy lại.") from error
    click.echo(f"Đã nhập {planned.report.new} lượt đánh giá vào quầy {counter.number}, {counter.office.name}.")


def _counter(where: str) -> Counter:
    slug, _, number = where.rpartition("/")
    office = queries.find_office(db.session, slug) if number.isdecimal() else None
    found = queries.find_counter_of(db.session, office, int(number)) if office else None
    found = found or queries.find_counter(db.session, keyring(), where)
    if found is None:
        raise click.ClickException(f"Không có quầy nào ở {where!r}. Xin ghi như lam-binh/2.")
    return found


@survey_cli.command("template")
@click.argument("file", type=click.Path(path_type=Path))
def template_command(file: Path) -> None:
    """Ghi mẫu bảng tính phiếu đánh giá vào FILE (XLSX)."""
    file.write_bytes(imports.template())
    click.echo(f"{file}")


@survey_cli.command("recount")
@click.argument("slug")
def recount(slug: str) -> None:
    """Đếm lại mọi số liệu của cơ quan SLUG từ các lượt đánh giá."""
    office = queries.find_office(db.session, slug)
    if office is None:
        raise click.ClickException(f"Không có cơ quan nào tên {slug!r}.")
    for counter in queries.list_counters(db.session, office):
        operations.rebuild_tallies(db.session, counter)
    db.session.commit()
    click.echo("Đã đếm lại.")
