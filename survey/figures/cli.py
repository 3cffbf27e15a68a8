"""The terminal command that counts the figures of an office anew."""

from collections.abc import Collection
from datetime import date

import click

from account.operations.audit import TERMINAL
from core.clock import now
from core.translation import gettext
from core.web.extensions import db
from survey.counter.cli.group import office_at, survey_cli
from survey.counter.models import Counter
from survey.counter.queries.counters import list_counters
from survey.figures.queries.figures import cards_by_channel
from survey.rating.operations.many import recount_office
from survey.rating.rules.release import release_day


@survey_cli.command("recount")
@click.argument("slug")
def recount(slug: str) -> None:
    """Đếm lại mọi số liệu của cơ quan SLUG từ các lượt đánh giá."""
    office = office_at(slug)
    counters, today = list_counters(db.session, office), release_day(now())
    before = _count_shown(counters, today)
    recount_office(db.session, TERMINAL, office, counters, now=now())
    after = _count_shown(counters, today)
    db.session.commit()
    click.echo(
        gettext(
            "Đã đếm lại %(counters)s quầy của %(name)s: %(after)s lượt đang hiện số%(value)s. Lượt của tuần này "
            "và các đợt chưa đủ 5 lượt được đếm nhưng chưa hiện số.",
            counters=len(counters),
            name=office.name,
            after=after,
            value=", như trước" if after == before else f", trước đó {before}",
        )
    )


def _count_shown(counters: Collection[Counter], today: date) -> int:
    return sum(card.n for _channel, card in cards_by_channel(db.session, counters, today) if card)
