"""The tab of an office with its counters and their posters."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import render_template

from core.values.week import monday_of
from core.web.access import requires
from core.web.extensions import db, keyring, settings
from survey.counter.forms import PrintForm
from survey.counter.manage.office import blueprint, office_or_404
from survey.counter.models import Counter
from survey.counter.queries.counters import list_counters
from survey.counter.queries.printed import address_of, dead_scans
from survey.counter.rules.address import typed
from survey.figures.manage.frame import today
from survey.figures.queries.figures import cards_by_counter
from survey.figures.queries.newness import new_counters
from survey.figures.queries.recent import list_new_ratings
from survey.figures.rules.recent import silent_counters
from survey.figures.rules.scorecard import Scorecard
from survey.rating.queries.rating import count_rehearsed


@dataclass(frozen=True)
class CounterCard:
    """A counter on the page: its figures, its address as it is typed, since when it is silent, and how often its old
    poster was scanned since the start of last week.
    """

    counter: Counter
    card: Scorecard | None
    code: str
    silent_since: date | None
    dead: int
    is_new: bool


@blueprint.get("/<slug>/quay")
@requires("office.see")
def counters(slug: str) -> str:
    """List the counters of an office with their posters and what can be done with each."""
    office = office_or_404(slug)
    found = list_counters(db.session, office)
    return render_template(
        "survey/figures/manage/counters.html",
        office=office,
        origin=settings().public_url,
        cards=_cards(found, today()),
        rehearsed=count_rehearsed(db.session, office),
        print_form=PrintForm(None) if any(counter.is_open for counter in found) else None,
    )


def _cards(found: list[Counter], day: date) -> list[CounterCard]:
    monday = monday_of(day)
    cards, new = cards_by_counter(db.session, found, day), new_counters(found, day)
    silent = silent_counters(list_new_ratings(db.session, {each.office_id for each in found}, day), monday)
    now, before = (dead_scans(db.session, found, week) for week in (monday, monday - timedelta(weeks=1)))
    return [
        CounterCard(
            counter=each,
            card=cards[each.id],
            code=typed(address_of(keyring(), each)),
            silent_since=silent.get(each.id) if each.is_open else None,
            dead=now.get(each.id, 0) + before.get(each.id, 0),
            is_new=each.id in new,
        )
        for each in found
    ]
