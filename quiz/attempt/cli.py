"""The contest at the terminal: `flask quiz …`."""

from __future__ import annotations

from pathlib import Path

import click

from account.operations.audit import TERMINAL
from core import clock
from core.importing.kind import ImportContext
from core.translation import gettext
from core.values.numbers import thousands
from core.values.text import N_
from core.web.extensions import db, keyring
from core.web.importing import explained, import_file
from quiz.attempt.files.imports import PaperSheets, read_decisions, units_of
from quiz.attempt.files.template import template_of
from quiz.attempt.labels.differences import difference_words
from quiz.attempt.operations import rehearsal
from quiz.attempt.operations.importing.store import AT_ONCE
from quiz.attempt.operations.tally import recount_round
from quiz.attempt.queries.tally_check import list_doubtful
from quiz.contest.cli import no_collecting, quiz_cli, round_at
from quiz.contest.labels.rounds import round_words
from quiz.contest.models import Round
from quiz.contest.queries import find_contest

_TOLD_EACH = 10_000


@quiz_cli.command("import-entries")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--round", "where", required=True, help=N_("Tuần thi nhận bài: CUỘC-THI/SỐ-TUẦN."))
@click.option("--dry-run", is_flag=True, help=N_("Chỉ báo cáo, không nhập gì."))
@click.option("--skip-errors", is_flag=True, help=N_("Bỏ qua các dòng có lỗi, nhập các dòng còn lại."))
@click.option(
    "--decide",
    "said",
    multiple=True,
    help=N_('Cách ghi nào là đơn vị nào: "cách ghi=mã hoặc số đơn vị", "cách ghi=bo" nếu không dự thi.'),
)
def import_command(file: Path, where: str, dry_run: bool, skip_errors: bool, said: tuple[str, ...]) -> None:
    """Nhập bài dự thi từ bảng tính FILE (CSV, XLSX, XLS, ODS); nhập lại cùng tệp thì không thêm gì."""
    round = round_at(where)
    context = ImportContext(db.session, keyring(), round, clock.now(), on_progress=_report_progress)
    with no_collecting(), explained(PaperSheets, context):
        stored = import_file(
            PaperSheets, context, file, decisions=read_decisions(said, units_of(db.session, round)),
            skip_errors=skip_errors, dry_run=dry_run,
        )  # fmt: skip
    if stored is not None:
        click.echo(
            gettext(
                "Đã nhập %(stored)s lượt dự thi vào %(round)s, %(title)s.",
                stored=thousands(stored),
                round=round_words(round),
                title=round.contest.title,
            )
        )


def _report_progress(done: int) -> None:
    if done // _TOLD_EACH > (done - AT_ONCE) // _TOLD_EACH:
        click.echo(gettext("Đã ghi %(done)s lượt …", done=thousands(done)), err=True)


@quiz_cli.command("template")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--round", "where", required=True, help=N_("Tuần thi sẽ nhận bài: CUỘC-THI/SỐ-TUẦN."))
@click.option("--score", "has_score", is_flag=True, help=N_("Một cột điểm thay cho từng câu trả lời."))
def template_command(file: Path, where: str, has_score: bool) -> None:
    """Ghi mẫu bảng tính bài dự thi của một tuần vào FILE (XLSX)."""
    round = round_at(where)
    file.write_bytes(template_of(round, list(units_of(db.session, round).values()), has_score=has_score))
    click.echo(f"{file}")


@quiz_cli.command("wipe-rehearsal")
@click.argument("slug", metavar="CONTEST")
def wipe_command(slug: str) -> None:
    """Kết thúc diễn tập của cuộc thi CONTEST và xóa mọi thứ thử trong đó."""
    contest = find_contest(db.session, slug)
    if contest is None:
        raise click.ClickException(gettext("Không có cuộc thi nào tên %(slug)s.", slug=f"{slug!r}"))
    papers = rehearsal.wipe_rehearsal(db.session, TERMINAL, contest, now=clock.now())
    db.session.commit()
    wiped = (
        gettext(" và xóa %(papers)s bài thi thử", papers=thousands(papers))
        if papers
        else N_("; chưa có bài thi thử nào")
    )
    click.echo(gettext("Đã kết thúc diễn tập%(wiped)s.", wiped=wiped))


@quiz_cli.command("recount")
@click.option("--dry-run", is_flag=True, help=N_("Chỉ báo chỗ lệch, không sửa gì."))
def recount_command(dry_run: bool) -> None:
    """Đếm lại mọi đợt thi chưa chốt từ bài đã lưu, sửa số đếm lệch và ghi vào nhật ký (máy tự làm mỗi đêm)."""
    doubtful = list_doubtful(db.session)
    db.session.rollback()
    for round in [db.session.get_one(Round, id) for id in doubtful]:
        found = recount_round(db.session, TERMINAL, round, now=clock.now())
        click.echo(gettext("%(round)s, %(title)s:", round=round_words(round), title=round.contest.title))
        for each in found:
            click.echo(f"  {difference_words(each)}")
    if dry_run:
        db.session.rollback()
    db.session.commit()
    click.echo(gettext("Số đợt thi có chỗ lệch: %(n)s.", n=thousands(len(doubtful))))
