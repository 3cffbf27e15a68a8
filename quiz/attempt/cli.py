"""The contest at the terminal: `flask quiz …`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy.exc import OperationalError

from account.operations.audit import TERMINAL
from core import clock
from core.sheets.cells import SheetError
from core.sheets.reading import read_sheets
from core.sheets.report import to_lines
from core.values.numbers import thousands
from core.web.extensions import db, keyring
from quiz.attempt.files import imports
from quiz.attempt.files.entries import Entries
from quiz.attempt.files.template import template_of
from quiz.attempt.operations import rehearsal
from quiz.attempt.operations.importing import (
    CannotImport,
    Plan,
    Refused,
    TooBusy,
    Undecided,
    import_entries,
    plan_entries,
)
from quiz.attempt.operations.importing.store import AT_ONCE
from quiz.contest.cli import no_collecting, quiz_cli, round_at
from quiz.contest.models import Round
from quiz.contest.queries import find_contest

_TOLD_EACH = 10_000
_DECIDE = (
    'Chưa nhập gì. Quyết định từng cách ghi đơn vị bằng --decide "cách ghi=mã đơn vị" '
    '(hoặc "cách ghi=bo" để bỏ các dòng đó) rồi chạy lại.'
)
_SKIP = "Chưa nhập gì. Sửa các dòng có lỗi, hoặc thêm --skip-errors để bỏ qua chúng."
_BUSY = "Nhiều người đang đăng ký và nộp bài cùng lúc. Chưa nhập gì, xin chạy lại."


@quiz_cli.command("import-entries")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--round", "where", required=True, help="Tuần thi nhận bài: CUỘC-THI/SỐ-TUẦN.")
@click.option("--dry-run", is_flag=True, help="Chỉ báo cáo, không nhập gì.")
@click.option("--skip-errors", is_flag=True, help="Bỏ qua các dòng có lỗi, nhập các dòng còn lại.")
@click.option(
    "--decide",
    "said",
    multiple=True,
    help='Cách ghi nào là đơn vị nào: "cách ghi=mã hoặc số đơn vị", "cách ghi=bo" nếu không dự thi.',
)
def import_command(file: Path, where: str, dry_run: bool, skip_errors: bool, said: tuple[str, ...]) -> None:
    """Nhập bài dự thi từ bảng tính FILE (CSV, XLSX, XLS, ODS); nhập lại cùng tệp thì không thêm gì."""
    round = round_at(where)
    with no_collecting(), _told(round):
        entries = imports.open_desk(db.session, round, lambda: read_sheets(file), now=clock.now()).read()
        decisions = imports.read_decisions(said, imports.units_of(db.session, round))
        if dry_run:
            plan = plan_entries(db.session, keyring(), round, entries.sheet, decisions=decisions, now=clock.now())
        else:
            plan = _bring_in(round, entries, decisions, skip_errors)
    _print(round, entries, plan)
    if not dry_run:
        click.echo(f"Đã nhập {thousands(plan.new)} lượt dự thi vào tuần {round.number}, {round.contest.title}.")


def _bring_in(round: Round, entries: Entries, decisions: dict[str, int], skip_errors: bool) -> Plan:
    try:
        plan = import_entries(
            db.session, keyring(), TERMINAL, round, entries.sheet, decisions=decisions, skip_errors=skip_errors,
            now=clock.now(), on_progress=_tell,
        )  # fmt: skip
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        _print(round, entries, refusal.plan)
        raise click.ClickException(_DECIDE if isinstance(refusal, Undecided) else _SKIP) from refusal
    return plan


@contextmanager
def _told(round: Round) -> Iterator[None]:
    """What cannot be done is said in a sentence, and nothing is written."""
    try:
        yield
    except SheetError as error:
        raise click.ClickException(str(error)) from error
    except CannotImport as refusal:
        db.session.rollback()
        raise click.ClickException(imports.why_not(round, refusal)) from refusal
    except (TooBusy, OperationalError) as error:
        db.session.rollback()
        raise click.ClickException(_BUSY) from error


def _print(round: Round, entries: Entries, plan: Plan) -> None:
    for line in to_lines(imports.report_of(db.session, round, entries, plan)):
        click.echo(line)


def _tell(done: int) -> None:
    if done // _TOLD_EACH > (done - AT_ONCE) // _TOLD_EACH:
        click.echo(f"Đã ghi {thousands(done)} lượt …", err=True)


@quiz_cli.command("template")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--round", "where", required=True, help="Tuần thi sẽ nhận bài: CUỘC-THI/SỐ-TUẦN.")
@click.option("--score", "has_score", is_flag=True, help="Một cột điểm thay cho từng câu trả lời.")
def template_command(file: Path, where: str, has_score: bool) -> None:
    """Ghi mẫu bảng tính bài dự thi của một tuần vào FILE (XLSX)."""
    round = round_at(where)
    with _told(round):
        file.write_bytes(template_of(round, list(imports.units_of(db.session, round).values()), has_score=has_score))
    click.echo(f"{file}")


@quiz_cli.command("wipe-rehearsal")
@click.argument("slug", metavar="CONTEST")
def wipe_command(slug: str) -> None:
    """Kết thúc diễn tập của cuộc thi CONTEST và xóa mọi thứ thử trong đó."""
    contest = find_contest(db.session, slug)
    if contest is None:
        raise click.ClickException(f"Không có cuộc thi nào tên {slug!r}.")
    papers = rehearsal.wipe_rehearsal(db.session, TERMINAL, contest, now=clock.now())
    db.session.commit()
    wiped = f" và xóa {thousands(papers)} bài thi thử" if papers else "; chưa có bài thi thử nào"
    click.echo(f"Đã kết thúc diễn tập{wiped}.")
