"""The contest at the terminal: `flask quiz …`."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from account.operations.audit import TERMINAL, record
from core import clock
from core.cli_errors import with_any_key
from core.erasure_log import FILE, note, read
from core.lifecycle import Duty
from core.messages.notify import notify_webhooks
from core.retention import Rule
from core.sheets.cells import SheetError
from core.sheets.reading import read_sheets
from core.sheets.report import to_lines
from core.values.numbers import read_number, thousands
from core.values.text import N_
from core.values.week import day_start
from core.web.extensions import db, keyring, settings
from quiz.files import imports
from quiz.files.entries import Entries
from quiz.files.rank_report import make_report, to_json
from quiz.files.rank_text import to_text
from quiz.files.template import template_of
from quiz.models import Round
from quiz.operations import audit_subjects, erasure, rehearsal
from quiz.operations.consent import withdraw_again
from quiz.operations.erasure import ERASED
from quiz.operations.importing import CannotImport, Plan, Refused, TooBusy, Undecided, import_entries, plan_entries
from quiz.operations.importing.store import AT_ONCE
from quiz.operations.person_request import restrict_again
from quiz.operations.retention import purge_contacts, purge_names, purge_requests
from quiz.queries.contest import find_contest, find_round
from quiz.queries.events import falling_due
from quiz.queries.person_request import list_erased, list_restricted, list_withdrawn
from quiz.rules.actions import Action
from quiz.rules.presets import PRESETS
from quiz.rules.retention import CONTACT_DAYS, NAMED_DAYS, OBJECTION_DAYS, REQUEST_DAYS

_TOP = 20
_TOLD_EACH = 10_000
_DECIDE = (
    'Chưa nhập gì. Quyết định từng cách ghi đơn vị bằng --decide "cách ghi=mã đơn vị" '
    '(hoặc "cách ghi=bo" để bỏ các dòng đó) rồi chạy lại.'
)
_SKIP = "Chưa nhập gì. Sửa các dòng có lỗi, hoặc thêm --skip-errors để bỏ qua chúng."
_BUSY = "Nhiều người đang đăng ký và nộp bài cùng lúc. Chưa nhập gì, xin chạy lại."

RETENTION = (
    Rule(
        "contacts", N_("Họ tên, số điện thoại, năm sinh của người dự thi"),
        N_("{days} ngày sau kết quả tuần cuối").format(days=OBJECTION_DAYS + CONTACT_DAYS),
        N_("Hết thời gian khiếu nại và trao giải thì không còn cần"),
        lambda session, today: purge_contacts(session, keyring(), today),
    ),
    Rule(
        "names", N_("Họ tên người đạt giải đã đồng ý nêu tên"),
        N_("{days} ngày sau kết quả tuần cuối").format(days=OBJECTION_DAYS + NAMED_DAYS),
        N_("Theo sự đồng ý; để đối chiếu danh sách đã công bố"),
        lambda session, today: purge_names(session, keyring(), today),
    ),
    Rule(
        "requests", N_("Thông tin của người gửi yêu cầu về dữ liệu cá nhân"),
        N_("{days} ngày sau khi trả lời").format(days=REQUEST_DAYS),
        N_("Để trả lời nếu người yêu cầu hỏi lại"), purge_requests,
    ),
)  # fmt: skip
"""What a contest keeps of people, and how long."""


def note_erased(session: Session, _today: date) -> str:
    """A duty before data is replaced by a copy of its own past: whoever it doesn't know any more is remembered."""
    note(session, ERASED, list_erased(session))
    return ""


def erase_again(session: Session, _today: date) -> str:
    """A duty after a restore: whoever was erased since the backup is erased in it as well."""
    gone = read(settings().instance_path / FILE, ERASED)
    count = erasure.erase_again(session, keyring(), gone, now=clock.now())
    return f"Đã xóa lại thông tin của {thousands(count)} người đã được xóa sau bản sao lưu." if count else ""


def carry_withdrawals(session: Session) -> Duty:
    """What somebody took back since a copy was made, nobody agrees to in the copy either."""
    ended = list_withdrawn(session)

    def once_more(session: Session, _today: date) -> str:
        count = withdraw_again(session, ended)
        return f"Đã ghi lại {thousands(count)} lần rút lại sự đồng ý sau bản sao lưu." if count else ""

    return once_more


def carry_restrictions(session: Session) -> Duty:
    """Whoever had the use of their data stopped since a copy was made, is left alone in the copy too."""
    stopped = list_restricted(session)

    def once_more(session: Session, _today: date) -> str:
        count = restrict_again(session, stopped)
        return f"Thông tin của {thousands(count)} người vẫn tạm dừng sử dụng, như sau bản sao lưu." if count else ""

    return once_more


def end_rehearsals(session: Session, today: date) -> str:
    """A daily duty: no rehearsal lasts into the day on which a real week opens."""
    return f"Đã kết thúc {rehearsal.end_overdue(session, day_start(today))} cuộc diễn tập hết hạn."


def tell_of_due(session: Session, today: date) -> str:
    """A daily duty: receivers of webhooks are told of requests whose last legal day is near."""
    for event in falling_due(session, today):
        notify_webhooks(session, event)
    return ""


quiz_cli = AppGroup("quiz", help="Cuộc thi tìm hiểu: xếp hạng và nhập bài từ bảng tính.")


@quiz_cli.command("rank", with_appcontext=False)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--preset",
    type=click.Choice(list(PRESETS)),
    default="lam-binh",
    show_default=True,
    help="Thể lệ dùng để xếp hạng.",
)
@click.option("--key", type=click.Path(path_type=Path), help="Tệp đáp án (mỗi dòng một câu, hoặc ABCDA…).")
@click.option("--questions", type=click.IntRange(1, 1000), help="Số câu hỏi, khi tệp không cho biết.")
@click.option("--top", type=click.IntRange(1), help="Số hạng in ra (mặc định 20; --json in tất cả).")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@with_any_key
def rank_sheet(
    file: Path, preset: str, key: Path | None, questions: int | None, top: int | None, as_json: bool
) -> None:
    """Xếp hạng từ tệp CSV hoặc Excel (ví dụ tệp Google Forms); không lưu gì, không cần cơ sở dữ liệu."""
    try:
        with _no_collecting():
            report = make_report(file, PRESETS[preset], key, questions)
            told = json.dumps(to_json(report, top), ensure_ascii=False) if as_json else None
    except SheetError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    click.echo(told or to_text(report, top or _TOP))


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
    round = _round(where)
    with _no_collecting(), _told(round):
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
            db.session, keyring(), round, entries.sheet, decisions=decisions, skip_errors=skip_errors,
            now=clock.now(), tell=_tell,
        )  # fmt: skip
        told = audit_subjects.counts_of(plan)
        record(db.session, TERMINAL, Action.ENTRY_IMPORT, audit_subjects.of_round(round), after=told, now=clock.now())
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
    round = _round(where)
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
    papers = rehearsal.wipe_rehearsal(db.session, contest)
    about, told = audit_subjects.of_contest(contest), {"wiped": papers}
    record(db.session, TERMINAL, Action.REHEARSAL_WIPE, about, after=told, now=clock.now())
    db.session.commit()
    wiped = f" và xóa {thousands(papers)} bài thi thử" if papers else "; chưa có bài thi thử nào"
    click.echo(f"Đã kết thúc diễn tập{wiped}.")


def _round(where: str) -> Round:
    slug, _, last = where.rpartition("/")
    contest, number = find_contest(db.session, slug), read_number(last)
    round = find_round(db.session, contest, number) if contest and number else None
    if round is None:
        raise click.ClickException(f"Không có tuần thi nào ở {where!r}. Xin ghi như lam-binh-2023/3.")
    return round


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Millions of cells and no cycles among them: looking for garbage takes a quarter of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
