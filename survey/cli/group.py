"""The group on which the terminal's commands hang, and how an office and a counter are named there."""

import click
from flask.cli import AppGroup

from commune.models import Office
from core.values.numbers import read_number
from core.web.command_line import flask_line
from core.web.extensions import db, keyring
from survey.models import Counter
from survey.queries.office import find_counter_of, find_office
from survey.queries.printed import find_printed

survey_cli = AppGroup("survey", help="Đánh giá tại quầy.")


def office_at(slug: str) -> Office:
    """The office at *slug*."""
    office = find_office(db.session, slug)
    if office is None:
        raise click.ClickException(
            f"Không có cơ quan nào tên {slug!r}. Xem tên ngắn bằng: {flask_line('survey offices')}"
        )
    return office


def counter_of(office: Office, number: int) -> Counter:
    """Counter *number* of *office*."""
    counter = find_counter_of(db.session, office, number)
    if counter is None:
        raise click.ClickException(f"{office.name} không có quầy số {number}.")
    return counter


def counter_at(where: str) -> Counter:
    """A counter as "lam-binh/2", or by its printed address."""
    slug, _, last = where.rpartition("/")
    office, number = find_office(db.session, slug), read_number(last)
    found = find_counter_of(db.session, office, number) if office and number else None
    printed = None if found else find_printed(db.session, keyring(), where)
    found = found or (printed.counter if printed else None)
    if found is None:
        listed = flask_line("survey offices")
        raise click.ClickException(
            f"Không có quầy nào ở {where!r}. Xin ghi TÊN-NGẮN/SỐ-QUẦY; tên ngắn xem bằng: {listed}"
        )
    return found
