"""The doctor command."""

import sys
from collections.abc import Generator, Iterator
from datetime import datetime
from functools import partial

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from core import clock
from core.commands.cli_errors import with_any_key
from core.commands.doctor import backups, machine, reach, work
from core.commands.doctor.finding import Finding, Severity, bad
from core.instance import mark_of
from core.settings import Settings
from core.values.text import N_
from core.web.extensions import db, settings


@click.command("doctor")
@with_appcontext
@with_any_key
def doctor_command() -> None:
    """Khám hệ thống: chỗ nào tốt (✓), nên xem (!), hỏng (✗), và phải làm gì; hỏng thì kết thúc với mã 1."""
    levels = set()
    for finding in examine():
        levels.add(finding.level)
        for line in finding.lines:
            click.echo(line)
    if Severity.BAD in levels:
        sys.exit(1)


def examine() -> Iterator[Finding]:
    """Run every check in order; those that need tables are left out when there are none."""
    set_up, now = settings(), clock.now()
    schema = _checked(partial(machine.check_schema, db.engine))
    yield schema
    mark = (yield from _examine_tables(db.session, set_up, now)) if schema.level is Severity.GOOD else None
    for check in (
        partial(machine.check_folder, set_up),
        partial(machine.check_disk, set_up.instance_path),
        partial(backups.check_backups, set_up, now),
        partial(backups.check_backup_key, set_up),
        partial(reach.check_proxy, set_up),
        partial(reach.check_address, set_up, mark),
        partial(reach.check_mail, set_up),
    ):
        yield _checked(check)


def _examine_tables(session: Session, set_up: Settings, now: datetime) -> Generator[Finding, None, str | None]:
    """Run the checks that read tables; return the mark of the instance, None while it can't be read."""
    keyring = current_app.extensions["keyring"]
    levels = []
    for check in (
        partial(machine.check_integrity, session),
        partial(machine.check_key, session, set_up, keyring),
        partial(machine.check_clock, session, now),
        partial(work.check_worker, session, set_up, now),
        partial(work.check_jobs, session, now),
        partial(work.check_outbox, session),
        partial(reach.check_printed, session, set_up),
    ):
        finding = _checked(check)
        levels.append(finding.level)
        yield finding
        session.rollback()
    is_sound = Severity.BAD not in levels[:2]  # of the data and of the key
    return mark_of(session, keyring) if keyring and is_sound else None


def _checked(check: "partial[Finding]") -> Finding:
    """Return the finding of *check*; a check that fails is a finding too, so that the doctor goes on to its end."""
    try:
        return check()
    except Exception as error:
        return bad(N_("Không khám được một mục"), f"{check.func.__name__}: {type(error).__name__}", machine.mending())
