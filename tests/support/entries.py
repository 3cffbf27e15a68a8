"""Import sheets of entries in tests."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from core.importing.kind import Choices, ImportContext
from core.importing.session import open_sheet
from core.sheets.reading import read_content
from core.values.text import fold
from core.web.extensions import db, keyring
from quiz.attempt.files.entries import Entries
from quiz.attempt.files.entry_report import make_report
from quiz.attempt.files.imports import PaperSheets, units_of
from quiz.attempt.operations.importing import EntryPlan, plan_entries, store_entries
from quiz.contest.models import Round

HEADER = "Họ và tên;Số điện thoại;Năm sinh;Đơn vị dự thi;Thời điểm nộp bài;Thời gian làm bài;Điểm;Dự đoán"
AN = "Lò Thị Hoà;0912345678;1985;xã Lâm Bình;02/06/2026 09:04:12;4:12;3;10"
PAO = "Giàng A Páo;912345679;1990;Lâm Bình;02/06/2026 10:00:00;5:00;2;7"
CHI = "Bàn Thị Chi;0912 345 670;2001;UBND xã Lâm Bình;03/06/2026 08:00:00;3 phút 5 giây;3;12"


def as_csv(*lines: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *lines]).encode("utf-8-sig")


def read(
    round: Round, data: bytes, name: str = "bang.csv", places: Mapping[str, int] | None = None,
    now: datetime | None = None,
) -> Entries:  # fmt: skip
    context = ImportContext(db.session, keyring(), round, now or after(round))
    opened = open_sheet(PaperSheets, context, lambda: read_content(data, name))
    opened.choose(Choices(opened.places if places is None else places))
    return opened.rows()


def after(round: Round) -> datetime:
    return round.closes_at + timedelta(hours=8)


def bring_in(
    round: Round,
    *lines: str,
    skip_errors: bool = False,
    decide: Mapping[str, int] | None = None,
    now: datetime | None = None,
    data: bytes | None = None,
    name: str = "bang.csv",
) -> EntryPlan:
    """Import a sheet; nothing is committed."""
    entries = read(round, data or as_csv(*lines), name, now=now)
    return store_entries(
        db.session, keyring(), round, entries.sheet, skip_errors=skip_errors, now=now or after(round),
        decisions={fold(spelled): unit_id for spelled, unit_id in (decide or {}).items()},
    )  # fmt: skip


def report(round: Round, *lines: str, now: datetime | None = None, data: bytes | None = None, name: str = "bang.csv"):  # type: ignore[no-untyped-def]
    """Return the dry run of a sheet."""
    entries = read(round, data or as_csv(*lines), name, now=now)
    plan = plan_entries(db.session, keyring(), round, entries.sheet, decisions={}, now=now or after(round))
    return make_report(round, entries, plan, units_of(db.session, round))
