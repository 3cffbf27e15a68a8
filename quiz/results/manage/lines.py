"""The organiser's page of the roster lines that several people fit: open their numbers, call, confirm one."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor, present_account
from core import clock
from core.web.access import requires, scope_of
from core.web.extensions import db, keyring
from core.web.forms import ActionForm
from core.web.jobs import owner, start_job
from privacy.models.holder import Contact
from quiz.attempt.queries.eligible import RosterLine, list_shared
from quiz.contest.manage import blueprint, round_or_404
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.operations.confirmation import PhoneFull
from quiz.results.forms.closing import OpeningForm
from quiz.results.jobs import LINE, LINE_PHONE_FULL, LINE_STALE, line_confirmed
from quiz.results.manage.large import is_large
from quiz.results.manage.line_asked import TITLE, ask_for_line, asks_for_line
from quiz.results.models.contact import LINES
from quiz.results.operations.contact import grant_contact_access
from quiz.results.operations.lines import confirm_on_line, rounds_to_rank
from quiz.results.operations.versions import Changed, NothingToDo, TooEarly
from quiz.results.queries.contact import list_openings
from quiz.results.queries.result import contacts_of, find_result, list_ranked

Page = Response | tuple[str, int]


@dataclass(frozen=True)
class LinePerson:
    """A participant who fits a line; `contact` is set only if it was opened to this account."""

    id: uuid.UUID
    unit: str
    registered_at: datetime
    contact: Contact | None
    holds: bool
    is_ranked: bool


@dataclass(frozen=True)
class LineCard:
    """A line of the roster with the people who fit it."""

    people: list[LinePerson]
    is_settled: bool


def list_open_lines(round: Round) -> list[RosterLine]:
    """Return the lines of *round* on which one of several people can and must still be confirmed."""
    return [each for each in list_shared(db.session, round) if each.holder is None] if _is_settling(round) else []


def _is_settling(round: Round) -> bool:
    return round.published_at is None and clock.now() >= round.closes_at and round.contest.called_off_at is None


@blueprint.get("/<slug>/tuan/<int:number>/trung-dong")
@requires("contest.manage")
def lines(slug: str, number: int) -> Page:
    """Show the lines of the roster that several people fit, between the close and the publication."""
    return _page(round_or_404(slug, number), OpeningForm(None), 200)


@blueprint.post("/<slug>/tuan/<int:number>/trung-dong/mo")
@requires("contact.open")
def open_lines(slug: str, number: int) -> Page:
    """Open the names and numbers of these people for a day, with a reason."""
    round, form = round_or_404(slug, number), OpeningForm()
    if not form.validate_on_submit():
        return _page(round, form, 422)
    me, reason = present_account().id, form.reason.data or ""
    try:
        grant_contact_access(db.session, actor(), round, account_id=me, people=LINES, reason=reason, now=clock.now())
    except TooEarly:
        db.session.rollback()
        return _page(round_or_404(slug, number), form, 409)
    db.session.commit()
    flash(_("Đã mở trong 24 giờ, chỉ cho tài khoản này. Việc mở đã được ghi vào nhật ký."), "success")
    return _back(slug, number)


@blueprint.post("/<slug>/tuan/<int:number>/trung-dong/<uuid:participant_id>")
@requires("contest.manage")
def confirm_line(slug: str, number: int, participant_id: uuid.UUID) -> Response:
    """Confirm that the participant, who was called, is the person on the line."""
    round = round_or_404(slug, number)
    if not _is_settling(round) or not ActionForm().validate_on_submit():
        return _back(slug, number)
    if LINES not in list_openings(db.session, round, present_account().id, clock.now()):
        flash(_("Hãy mở số điện thoại và gọi trước."), "error")
        return _back(slug, number)
    if asks_for_line(round.contest):
        person = db.session.get(Participant, participant_id)
        return ask_for_line(round, person) if person else _back(slug, number)
    if any(is_large(db.session, each) for each in rounds_to_rank(round.contest)):
        return _confirm_as_a_job(round, participant_id)
    _confirm(round.contest, participant_id)
    return _back(slug, number)


def _confirm_as_a_job(round: Round, participant_id: uuid.UUID) -> Response:
    contest = round.contest
    payload = {"contest": contest.id, "participant": participant_id.hex}
    return start_job(
        LINE,
        TITLE % {"contest": contest.title},
        needs=("contest.manage", [contest.unit_id]),
        unit_id=contest.unit_id,
        payload=payload,
        back=url_for(".lines", slug=contest.slug, number=round.number),
        dedupe=f"{LINE}:{participant_id}:{owner()}",
    )


def _confirm(contest: Contest, participant_id: uuid.UUID) -> None:
    try:
        again = confirm_on_line(
            db.session, keyring(), actor(), contest, participant_id, now=clock.now(), between=db.session.commit
        )
    except (Changed, NothingToDo, PhoneFull) as error:
        db.session.rollback()
        flash(_(LINE_PHONE_FULL) if isinstance(error, PhoneFull) else _(LINE_STALE), "error")
        return
    db.session.commit()
    flash(line_confirmed(again), "success")


def _page(round: Round, form: OpeningForm, status: int) -> Page:
    if not _is_settling(round):
        flash(_("Gọi xác nhận từ giờ đóng của đợt đến khi công bố."), "warning")
        return redirect(url_for(".round", slug=round.contest.slug, number=round.number))
    opened = list_openings(db.session, round, present_account().id, clock.now())
    page = render_template(
        "quiz/results/manage/lines.html",
        contest=round.contest,
        round=round,
        form=form.about(LINES),
        opened_until=opened.get(LINES),
        may_open=round.contest.unit_id in scope_of("contact.open"),
        asks_second=asks_for_line(round.contest),
        cards=_cards(round, is_open=LINES in opened),
    )
    return page, status


def _cards(round: Round, *, is_open: bool) -> list[LineCard]:
    shared, result = list_shared(db.session, round), find_result(db.session, round)
    people = {id: db.session.get_one(Participant, id) for line in shared for id in line.people}
    contacts = contacts_of(db.session, keyring(), people.values()) if is_open else {}
    ranked = list_ranked(db.session, result, people) if result else set()
    return [_card(line, people, contacts, ranked) for line in shared]


def _card(
    line: RosterLine,
    people: Mapping[uuid.UUID, Participant],
    contacts: Mapping[uuid.UUID, Contact],
    ranked: set[uuid.UUID],
) -> LineCard:
    own = [
        LinePerson(
            id, people[id].unit.name, people[id].registered_at, contacts.get(id), id == line.holder, id in ranked
        )
        for id in line.people
    ]
    return LineCard(own, is_settled=line.holder is not None)


def _back(slug: str, number: int) -> Response:
    return redirect(url_for(".lines", slug=slug, number=number))
