"""Import a sheet at the terminal, with the report and the store operation of the pages."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import IntegrityError, OperationalError

from core.importing.errors import CannotImport, ImportBusy, ImportRefused
from core.importing.kind import Choices, ImportContext, T
from core.importing.session import Kind, open_sheet
from core.sheets.cells import SheetError
from core.sheets.reading import read_sheets
from core.sheets.report import SHOWN, ImportReport, to_lines
from core.values.text import N_
from core.web.extensions import db

TERMINAL = "terminal"
"""The owner of imports at the terminal."""
SKIP = N_("Chưa nhập gì. Sửa các dòng có lỗi, hoặc thêm --skip-errors để bỏ qua chúng.")
DECIDE = N_(
    'Chưa nhập gì. Quyết định từng cách ghi đơn vị bằng --decide "cách ghi=mã đơn vị" '
    '(hoặc "cách ghi=bo" để bỏ các dòng đó) rồi chạy lại.'
)
BUSY = N_("Hệ thống đang có quá nhiều người dùng cùng lúc. Chưa nhập gì, xin chạy lại.")
TWICE = N_("Bảng này vừa được nhập ở nơi khác. Xin chạy lại.")


def import_file(
    kind: Kind[T],
    context: ImportContext[T],
    file: Path,
    *,
    options: Mapping[str, Any] | None = None,
    decisions: Mapping[str, int] | None = None,
    skip_errors: bool = False,
    dry_run: bool = False,
    shown: int = SHOWN,
    hint: str = SKIP,
    is_strict: bool = False,
) -> int | None:
    """Print the report on *file*, import it unless this is a *dry_run*, and commit; return the number of imported rows.

    Return None for a dry run; with *is_strict* a dry run fails if the import would. *hint* is the remedy for rows with
    errors, of which *shown* are printed.

    Raises:
        click.ClickException: nothing was imported; the message gives the reason.
    """
    with explained(kind, context):
        session = open_sheet(kind, context, lambda: read_sheets(file))
        session.choose(Choices(session.places, options or {}, decisions or {}, skip_errors, uuid.uuid4().hex))
        plan = session.plan(session.rows())
        _print(plan.report, shown)
        if is_strict or not dry_run:
            _refuse(plan.report, skip_errors, hint)
        if dry_run:
            return None
        stored = session.store(TERMINAL, plan)
        db.session.commit()
        return stored


def _print(report: ImportReport, shown: int) -> None:
    for line in to_lines(report, shown):
        click.echo(line)


def _refuse(report: ImportReport, skip_errors: bool, hint: str) -> None:
    if report.doubts:
        raise click.ClickException(DECIDE)
    if report.errors and not skip_errors:
        raise click.ClickException(hint)


@contextmanager
def explained(kind: Kind[T], context: ImportContext[T]) -> Iterator[None]:
    """Turn the reasons for an impossible import into a sentence; nothing is written."""
    try:
        yield
    except SheetError as error:
        raise click.ClickException(str(error)) from error
    except CannotImport as refusal:
        db.session.rollback()
        raise click.ClickException(kind(context).why_not(refusal)) from refusal
    except IntegrityError as error:
        db.session.rollback()
        raise click.ClickException(TWICE) from error
    except (ImportBusy, ImportRefused, OperationalError) as error:
        db.session.rollback()
        raise click.ClickException(BUSY) from error
