"""A plan in steps: the one-page form of a contest and its questions, one part after another, over a stored draft."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import redirect, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from account.views.current import actor
from commune.queries import list_units
from core import clock
from core.content import ENGLISH, texts_of_one
from core.values.kept import kept
from core.values.text import N_
from core.values.week import local_date
from core.web.access import requires, scope
from core.web.extensions import db, settings
from core.web.forms import StaffForm
from quiz.attempt.manage.editing import units_of
from quiz.attempt.operations import editing
from quiz.attempt.operations.planning import confirm_step
from quiz.contest.forms import NamesForm
from quiz.contest.forms.entering import PEOPLE_PER_PHONE, TermsForm
from quiz.contest.forms.own_rules import YOUNGEST
from quiz.contest.forms.prizes import PrizesForm
from quiz.contest.forms.schedule import ScheduleForm, pattern_of
from quiz.contest.manage import blueprint, contest_or_404
from quiz.contest.manage.contest import free_address
from quiz.contest.manage.plan_steps import next_page, plan_page
from quiz.contest.models import Contest
from quiz.contest.operations import contest as operations
from quiz.contest.operations.contest import ContestPlan, plan_of_contest
from quiz.contest.queries import list_contest_units
from quiz.contest.queries.english import round_names
from quiz.contest.rules.bloc_text import prizes_text
from quiz.contest.rules.fields import written_fields
from quiz.contest.rules.plan import Pattern
from quiz.contest.rules.planning import BIT, PlanStep
from quiz.contest.rules.presets import Rules
from quiz.contest.rules.prizes import written

Page = Response | tuple[str, int]
_BOARD = kept(N_("Ban Tổ chức cuộc thi, %(unit)s"))
"""The board of a commune's contest, in Vietnamese in every language, since it is stored."""
FIRST_WEEKS = 4
"""The rounds of a plan whose schedule was not chosen yet."""


@blueprint.route("/ke-hoach", methods=["GET", "POST"])
@requires("contest.manage")
def new_plan() -> Page:
    """Begin a plan: its names and units make a draft, which the other steps complete."""
    units = list_units(db.session, scope(), local_date(clock.now()))
    form = NamesForm().offer(units)
    if form.validate_on_submit():
        by_id = {unit.id: unit for unit in units}
        entering, slug = [by_id[id] for id in form.entering], free_address(form.title.data)
        try:
            contest = operations.create_contest(
                db.session, actor(), by_id[form.unit.data], entering, _first_plan(form, slug), now=clock.now()
            )
        except IntegrityError:
            return _taken(None, form)
        db.session.commit()
        return next_page(contest, PlanStep.NAMES)
    if not form.is_submitted() and len(form.units.choices) == 1:
        form.units.data = [int(form.units.choices[0].value)]
        form.organiser.data = _BOARD % {"unit": form.units.choices[0].label}
    return plan_page(None, PlanStep.NAMES, form)


def _first_plan(form: NamesForm, slug: str) -> ContestPlan:
    """Return the plan of the first step, the rest by default: weeks from the next Monday on, the first preset."""
    schedule, terms = ScheduleForm(formdata=None), TermsForm(formdata=None)
    schedule.today = local_date(clock.now())
    return ContestPlan(
        slug=slug,
        rules=terms.rules,
        first_day=schedule.earliest,
        weeks=FIRST_WEEKS,
        limit_seconds=60 * (terms.limit_minutes.data or 1),
        tiers=(),
        is_draft=True,
        english=_english(form),
        steps=BIT[PlanStep.NAMES],
        **_words(form),
    )


def _words(form: NamesForm) -> dict[str, Any]:
    return dict(form.words)


def _english(form: NamesForm) -> dict[str, str]:
    """Return the typed texts in English; the names of prizes and rounds are none of this step."""
    return {field: text for field, text in form.english.items() if field != "prizes"}


def _taken(contest: Contest | None, form: NamesForm) -> Page:
    db.session.rollback()
    form.title.errors = [_("Vừa có tên này. Xin bấm lần nữa.")]
    return plan_page(contest, PlanStep.NAMES, form)


@blueprint.route("/<slug>/ke-hoach/ten", methods=["GET", "POST"])
@requires("contest.manage")
def plan_names(slug: str) -> Page:
    """PlanStep 1: the texts, who holds the contest and who may enter."""
    contest = contest_or_404(slug)
    units, entering = units_of(contest), [each.unit_id for each in contest.units]
    english = {f"{field}_en": text for field, text in texts_of_one(db.session, contest, ENGLISH).items()}
    form = NamesForm(obj=contest, data={"unit": contest.unit_id, "units": entering} | english).offer(units)
    if not form.is_submitted():
        form.unit.data, form.units.data = contest.unit_id, entering
        form.show_entering(entering)

    def changed(plan: ContestPlan) -> ContestPlan:
        same = form.title.data == contest.title
        slug = contest.slug if same else free_address(form.title.data, but=contest)
        return replace(plan, slug=slug, english=_english(form), **_words(form))

    return _step(contest, PlanStep.NAMES, form, changed)


@blueprint.route("/<slug>/ke-hoach/lich", methods=["GET", "POST"])
@requires("contest.manage")
def plan_schedule(slug: str) -> Page:
    """PlanStep 2: when the rounds are open."""
    contest = contest_or_404(slug)
    planned, first = contest.planned, local_date(contest.rounds[0].opens_at)
    form = ScheduleForm(first_day=first, weeks=len(planned), schedule=pattern_of(planned).value)
    form.today, form.kept_from, form.kept = local_date(clock.now()), first, planned
    if form.fills_table:
        return plan_page(contest, PlanStep.SCHEDULE, form, is_wrong=not form.fill_table())
    if not form.is_submitted() and form.pattern is Pattern.TABLE:
        form.show_table(planned)
    return _step(contest, PlanStep.SCHEDULE, form, lambda plan: replace(plan, rounds=form.planned))


@blueprint.route("/<slug>/ke-hoach/the-le", methods=["GET", "POST"])
@requires("contest.manage")
def plan_rules(slug: str) -> Page:
    """PlanStep 3: how papers are counted and ordered, and who can take a prize."""
    contest = contest_or_404(slug)
    rules = Rules.from_dict(contest.rules)
    form = TermsForm(**_typed_rules(contest, rules))
    form.sends_sms = bool(settings().sms_url)
    if not form.is_submitted():
        form.show_rules(rules)

    def changed(plan: ContestPlan) -> ContestPlan:
        return replace(
            plan,
            rules=form.rules,
            limit_seconds=60 * (form.limit_minutes.data or 1),
            youngest=form.youngest.data or YOUNGEST,
            fields=form.read_fields,
            people_per_phone=form.people_per_phone.data or PEOPLE_PER_PHONE,
        )

    return _step(contest, PlanStep.RULES, form, changed)


def _typed_rules(contest: Contest, rules: Rules) -> dict[str, Any]:
    """Return the rules of *contest* as the values of their fields."""
    return {
        "preset": rules.preset,
        "eligibility": rules.eligibility.value,
        "limit_minutes": contest.rounds[0].limit_seconds // 60,
        "youngest": contest.youngest,
        "fields": written_fields(contest.asked_fields),
        "people_per_phone": contest.people_per_phone,
        **{
            name: getattr(rules, name)
            for name in ("shuffles", "shown", "most_sharing", "call_days", "all_right_only", "starts_together")
            + ("rest_rounds", "most_prizes", "draw_source", "draw_digits")
        },
    }


@blueprint.route("/<slug>/ke-hoach/giai", methods=["GET", "POST"])
@requires("contest.manage")
def plan_prizes(slug: str) -> Page:
    """PlanStep 5: the prizes, as the plan writes them."""
    contest = contest_or_404(slug)
    form = PrizesForm(**(_typed_prizes(contest) if contest.plan_steps & BIT[PlanStep.PRIZES] else {}))

    def changed(plan: ContestPlan) -> ContestPlan:
        return replace(
            plan,
            blocs=form.read_blocs,
            tiers=form.read_tiers,
            season=form.read_season,
            collective=form.read_collective,
            terms=form.terms,
        )

    return _step(contest, PlanStep.PRIZES, form, changed)


def _typed_prizes(contest: Contest) -> dict[str, Any]:
    """Return the blocs, prizes and terms of *contest* as the values of their fields."""
    terms, names = contest.prize_terms, [bloc.name for bloc in contest.blocs]
    return {
        "blocs": "\n".join(names),
        "tiers": prizes_text([tier.value for tier in (*contest.tiers, *contest.season_tiers)], names),
        "collective": "\n".join(written(tier.value) for tier in contest.collective_tiers),
        "measure": terms.measure or "",
        "cap": terms.cap,
        "objection_days": terms.objection_days,
        "claim_days": terms.claim_days,
    }


def _step(contest: Contest, step: PlanStep, form: StaffForm, changed: Callable[[ContestPlan], ContestPlan]) -> Page:
    """Show a step, or store it and go where the person wants to go: to the next step, or to the named one."""
    if not contest.is_draft or contest.is_trial:
        return redirect(url_for(".contest", slug=contest.slug))
    if not form.validate_on_submit():
        return plan_page(contest, step, form)
    try:
        _store(contest, step, form, changed)
    except editing.AlreadyDeclared:
        db.session.rollback()
        form.form_errors.append(_("Đang diễn tập nên phần này chưa sửa được. Xin kết thúc diễn tập trước."))
    except editing.WouldLoseQuestions as error:
        db.session.rollback()
        numbers = ", ".join(map(str, error.numbers))
        form["weeks"].errors = [_("Tuần %(weeks)s đã có câu hỏi. Muốn bỏ, xin đánh dấu ô bên dưới.", weeks=numbers)]
    except IntegrityError:
        return _taken(contest, form)
    else:
        db.session.commit()
        return next_page(contest, step)
    return plan_page(contest, step, form, status=409)


def _store(contest: Contest, step: PlanStep, form: StaffForm, changed: Callable[[ContestPlan], ContestPlan]) -> None:
    unit, entering = contest.unit, list_contest_units(db.session, contest)
    if isinstance(form, NamesForm):
        by_id = {each.id: each for each in units_of(contest)}
        unit, entering = by_id[form.unit.data], [by_id[id] for id in form.entering]
    plan = replace(plan_of_contest(contest), round_names=round_names(db.session, contest))
    plan, drops = changed(plan), bool("drops" in form and form["drops"].data)
    confirm_step(db.session, actor(), contest, step, unit, entering, plan, drops=drops, now=clock.now())
