"""The doctor command."""

import sys
from collections.abc import Iterator

import click
from flask import current_app
from flask.cli import with_appcontext

from core import clock
from core.commands.cli_errors import with_any_key
from core.commands.doctor import backups, machine, reach, work
from core.commands.doctor.finding import Finding, Severity
from core.instance import mark_of
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
    set_up, now, mark, keyring = settings(), clock.now(), None, current_app.extensions["keyring"]
    schema = machine.check_schema(db.engine)
    yield schema
    if schema.level is Severity.GOOD:
        session = db.session
        key = machine.check_key(session, set_up, keyring)
        yield key
        yield machine.check_clock(session, now)
        yield work.check_worker(session, set_up, now)
        yield work.check_jobs(session, now)
        yield work.check_outbox(session)
        yield reach.check_printed(session, set_up)
        mark = mark_of(session, keyring) if keyring and key.level is not Severity.BAD else None
        session.rollback()
    yield machine.check_folder(set_up)
    yield machine.check_disk(set_up.instance_path)
    yield backups.check_backups(set_up, now)
    yield reach.check_proxy(set_up)
    yield reach.check_address(set_up, mark)
    yield reach.check_mail(set_up)
