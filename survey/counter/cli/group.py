"""The `flask survey` group, and how its commands name an office and a counter."""

import click
from flask.cli import AppGroup

from commune.models import Office
from commune.queries.offices import find_office, list_offices
from core.translation import gettext
from core.values.numbers import read_number
from core.values.text import N_
from core.web.command_line import flask_line
from core.web.extensions import db, keyring
from survey.counter.models import Counter
from survey.counter.queries.counters import find_counter_of
from survey.counter.queries.printed import find_counter_at

survey_cli = AppGroup("survey", help=N_("Đánh giá tại quầy."))


def office_at(slug: str) -> Office:
    """Return the office at *slug*."""
    office = find_office(db.session, slug)
    if office is None:
        raise click.ClickException(
            gettext(
                "Không có cơ quan nào tên %(slug)s. Xem tên ngắn bằng: %(command)s",
                slug=f"{slug!r}",
                command=flask_line("survey offices"),
            )
        )
    return office


def counter_of(office: Office, number: int) -> Counter:
    """Return counter *number* of *office*."""
    counter = find_counter_of(db.session, office, number)
    if counter is None:
        raise click.ClickException(gettext("%(name)s không có quầy số %(number)s.", name=office.name, number=number))
    return counter


def counter_at(where: str) -> Counter:
    """Return the counter that *where* names, as "lam-binh/2" or by its printed address."""
    slug, _, last = where.rpartition("/")
    office, number = find_office(db.session, slug), read_number(last)
    found = find_counter_of(db.session, office, number) if office and number else None
    found = found or find_counter_at(db.session, keyring(), where)
    if found is None:
        listed = flask_line("survey offices")
        raise click.ClickException(
            gettext(
                "Không có quầy nào ở %(where)s. Xin ghi TÊN-NGẮN/SỐ-QUẦY; tên ngắn xem bằng: %(listed)s",
                where=f"{where!r}",
                listed=listed,
            )
        )
    return found


@survey_cli.command("offices")
@click.argument("find", default="")
def offices_command(find: str) -> None:
    """Liệt kê cơ quan (có chữ FIND trong tên), với tên ngắn mà các lệnh khác dùng."""
    for office in list_offices(db.session, find=find):
        click.echo(f"{office.slug}  {office.name}")
