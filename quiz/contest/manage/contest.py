"""Set up contests."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from account.views.current import actor
from commune.models import Unit
from commune.queries import list_units
from core import clock
from core.values.dates import dated, deadline
from core.values.text import free_slug, slug_of
from core.values.week import local_date
from core.web.access import requires, scope
from core.web.extensions import db, settings
from quiz.contest import queries as contests
from quiz.contest.forms import ContestForm
from quiz.contest.forms.entering import PEOPLE_PER_PHONE
from quiz.contest.forms.own_rules import YOUNGEST
from quiz.contest.labels.rounds import round_words
from quiz.contest.manage import blueprint
from quiz.contest.models import Contest
from quiz.contest.operations import contest as operations

OWN_ADDRESSES = {"bao-loi", "ke-hoach", "tra-cuu", "them", "quyen-cua-toi", "xac-minh"}
"""Path segments of other pages, which no contest may have as a slug."""


@blueprint.route("/them", methods=["GET", "POST"])
@requires("contest.manage")
def new_contest() -> tuple[str, int] | Response:
    """Set up a contest as a draft; its declared rules are copied into each round."""
    today = local_date(clock.now())
    units = list_units(db.session, scope(), today)
    form = ContestForm().expect(today=today, sends_sms=bool(settings().sms_url)).offer(units)
    if form.fills_table:
        filled = form.fill_table()
        page = render_template("quiz/contest/manage/contest_form.html", form=form, contest=None)
        return page, 200 if filled else 422
    if form.validate_on_submit():
        try:
            contest = _create_contest(form, {unit.id: unit for unit in units})
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            form.title.errors = [_("Vừa có tên này. Xin bấm lần nữa.")]
        else:
            _flash_weeks(contest)
            return redirect(url_for(".contest", slug=contest.slug))
    page = render_template("quiz/contest/manage/contest_form.html", form=form, contest=None)
    return page, 422 if form.is_submitted() else 200


def _create_contest(form: ContestForm, units: dict[int, Unit]) -> Contest:
    entering, plan = [units[id] for id in form.entering], plan_of(form, free_address(form.title.data))
    return operations.create_contest(db.session, actor(), units[form.unit.data], entering, plan, now=clock.now())


def plan_of(form: ContestForm, slug: str) -> operations.ContestPlan:
    """Return the draft at *slug* that a valid *form* describes."""
    planned = form.planned
    return operations.ContestPlan(
        slug=slug, rules=form.rules, first_day=local_date(planned[0].span.opens_at), weeks=len(planned),
        limit_seconds=60 * (form.limit_minutes.data or 1), tiers=form.read_tiers, is_draft=True,
        season=form.read_season, collective=form.read_collective, terms=form.terms,
        youngest=form.youngest.data or YOUNGEST,
        title=form.title.data, organiser=form.organiser.data, hotline=form.hotline.data or "",
        summary=form.summary.data or "", people_per_phone=form.people_per_phone.data or PEOPLE_PER_PHONE,
        english=form.english, round_names=form.read_round_names, rounds=planned, blocs=form.read_blocs,
        fields=form.read_fields,
    )  # fmt: skip


def free_address(title: str, *, but: Contest | None = None) -> str:
    """Return an address for *title* that no contest has, except *but*."""
    taken = contests.list_slugs_like(db.session, slug_of(title), but) | OWN_ADDRESSES
    return free_slug(title, taken)


def _flash_weeks(contest: Contest) -> None:
    first, last = contest.rounds[0], contest.rounds[-1]
    words = _(
        "Đã lập bản nháp: %(n)s đợt thi, từ %(first)s đến %(last)s. Tiếp theo, hãy dán câu hỏi cho %(round)s.",
        n=len(contest.rounds),
        first=dated(first.opens_at),
        last=deadline(last.closes_at),
        round=round_words(first),
    )
    flash(words, "success")
