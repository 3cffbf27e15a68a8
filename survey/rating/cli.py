"""Commands for sheets of ratings and for wiping rehearsals."""

from datetime import datetime
from pathlib import Path

import click

from account.operations.audit import TERMINAL
from core.clock import now
from core.importing.kind import ImportContext
from core.translation import gettext
from core.values.text import N_
from core.web.extensions import db, keyring
from core.web.importing import import_file
from survey.counter.cli.group import counter_at, office_at, survey_cli
from survey.rating.files.columns import IMPORTED
from survey.rating.files.imports import RatingSheets, template
from survey.rating.operations import rehearsal
from survey.rating.rules.channels import Channel


@survey_cli.command("import-ratings")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--counter", "where", required=True, help=N_("Quầy nhận: CƠ-QUAN/SỐ-QUẦY, hoặc địa chỉ in trên tờ treo."))
@click.option(
    "--channel",
    type=click.Choice([each.value for each in IMPORTED]),
    default=Channel.PAPER.value,
    show_default=True,
    help=N_("Kênh của các dòng không ghi kênh."),
)
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help=N_("Ngày của các dòng không ghi ngày."))
@click.option("--other-forms", is_flag=True, help=N_("Dòng giống hệt dòng đã nhập là phiếu khác: nhập cả."))
@click.option("--dry-run", is_flag=True, help=N_("Chỉ báo cáo, không nhập gì."))
@click.option("--skip-errors", is_flag=True, help=N_("Bỏ qua các dòng có lỗi, nhập các dòng còn lại."))
def import_command(
    file: Path, where: str, channel: str, day: datetime | None, other_forms: bool, dry_run: bool, skip_errors: bool
) -> None:
    """Nhập phiếu đánh giá từ bảng tính FILE (CSV, XLSX, XLS, ODS); nhập lại cùng tệp thì không thêm gì."""
    counter = counter_at(where)
    options = {"channel": channel, "day": day.date().isoformat() if day else None, "other_forms": other_forms}
    stored = import_file(
        RatingSheets,
        ImportContext(db.session, keyring(), counter, now()),
        file,
        options=options,
        skip_errors=skip_errors,
        dry_run=dry_run,
    )
    if stored is not None:
        click.echo(
            gettext(
                "Đã nhập %(stored)s lượt đánh giá vào quầy %(number)s, %(name)s.",
                stored=stored,
                number=counter.number,
                name=counter.office.name,
            )
        )


@survey_cli.command("template")
@click.argument("file", type=click.Path(path_type=Path))
def template_command(file: Path) -> None:
    """Ghi mẫu bảng tính phiếu đánh giá vào FILE (XLSX)."""
    file.write_bytes(template())
    click.echo(f"{file}")


@survey_cli.command("wipe-rehearsal")
@click.argument("slug", metavar="OFFICE")
def wipe_rehearsal(slug: str) -> None:
    """Xóa mọi lượt diễn tập ở các quầy của cơ quan OFFICE."""
    office = office_at(slug)
    wiped = rehearsal.wipe_rehearsal(db.session, TERMINAL, office, now=now())
    db.session.commit()
    click.echo(gettext("Đã xóa %(wiped)s lượt diễn tập.", wiped=wiped))
