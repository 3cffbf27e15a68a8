"""The questions of a plan: a file for all rounds at once, and the check of the whole plan."""

import uuid

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from account.queries.account import list_approvers
from account.queries.kinship import list_unrelated, list_unrelated_inviters
from account.views.current import present_account
from core import clock
from core.translation import gettext
from core.values.week import local_date
from core.web.access import may, requires
from core.web.extensions import db
from core.web.forms import ActionForm
from core.web.uploads import takes
from quiz.bank.forms import QuestionFileForm
from quiz.contest import queries as contests
from quiz.contest.labels.planning import LACK, STEP
from quiz.contest.labels.published import published_sentences
from quiz.contest.labels.rounds import round_name
from quiz.contest.labels.terms import MEASURE
from quiz.contest.manage import asks_second, blueprint, contest_or_404
from quiz.contest.manage.plan_steps import going_to, link_to, next_page, path_of, plan_page
from quiz.contest.manage.question_import import LARGEST, Page, Target, review_questions, take_questions
from quiz.contest.models import Contest
from quiz.contest.queries.card_batches import list_card_batches
from quiz.contest.queries.headcounts import list_rated
from quiz.contest.rules.measures import by_measure
from quiz.contest.rules.planning import Lack, Missing, PlanFacts, PlanStep, RoundFacts, confirmed, missing
from quiz.contest.rules.presets import Eligibility, Rules
from quiz.contest.rules.prizes import budget_of
from quiz.contest.rules.terms import CollectiveMeasure

NAMED = 6
"""The most units that a sentence names."""


@blueprint.route("/<slug>/ke-hoach/cau-hoi", methods=["GET", "POST"])
@requires("question.write")
@takes(LARGEST)
def plan_questions(slug: str) -> Page:
    """PlanStep 4: a file of questions for all rounds; without one, go on."""
    contest = contest_or_404(slug)
    if not contest.is_draft or contest.is_trial:
        return redirect(url_for(".contest", slug=slug))

    def show(form: QuestionFileForm) -> Page:
        if going_to() and form.is_submitted() and not form.sheet.data and not (form.text.data or "").strip():
            return next_page(contest, PlanStep.QUESTIONS)
        return plan_page(contest, PlanStep.QUESTIONS, form)

    return take_questions(Target(contest, None, is_plan=True), show)


@blueprint.route("/<slug>/ke-hoach/cau-hoi/<uuid:draft_id>", methods=["GET", "POST"])
@requires("question.write")
@takes(LARGEST)
def plan_read(slug: str, draft_id: uuid.UUID) -> Page:
    """Show what was read for the rounds of a plan, with every problem, a preview and the share of each; store it."""
    return review_questions(Target(contest_or_404(slug), None, is_plan=True), draft_id)


@blueprint.get("/<slug>/ke-hoach/xem-lai")
@requires("contest.manage")
def plan_check(slug: str) -> str | Response:
    """Show the whole plan on one page, what it lacks, and the button that opens it."""
    contest = contest_or_404(slug)
    if not contest.is_draft or contest.is_trial:
        return redirect(url_for(".contest", slug=slug))
    found = missing(_facts(contest), clock.now())
    return render_template(
        "quiz/contest/manage/plan/check.html",
        contest=contest,
        form=ActionForm(),
        path=path_of(contest, PlanStep.CHECK),
        link=lambda step: link_to(contest, step),
        steps=PlanStep,
        musts=[_lacking(contest, each) for each in found if each.is_must],
        shoulds=[_lacking(contest, each) for each in found if not each.is_must],
        units=contests.list_contest_units(db.session, contest),
        rule_sentences=published_sentences(contest),
        prizes_seen=PlanStep.PRIZES in confirmed(contest.plan_steps),
        **_prizes(contest),
    )


def _prizes(contest: Contest) -> dict[str, object]:
    """Return what the prizes cost, and by what the units of each are ordered, as it was understood."""
    season = [tier.value for tier in contest.season_tiers]
    collective = [tier.value for tier in contest.collective_tiers]
    lists = by_measure(collective, contest.prize_terms.measure)
    return {
        "budget": budget_of([round.tiers for round in contest.rounds], season, collective, len(contest.blocs)),
        "ordered_by": {tier.name: gettext(MEASURE[measure]) for measure, own in lists.items() for tier in own},
    }


def _lacking(contest: Contest, each: Missing) -> tuple[str, str]:
    """Return a lack as a sentence and the address of what mends it, empty where no page does."""
    names = {round.number: round_name(round) for round in contest.rounds}
    unrated = _unrated(contest) if each.lack is Lack.UNRATED else ""
    said = gettext(
        LACK[each.lack],
        step=gettext(STEP[each.step]) if each.step else "",
        rounds=", ".join(names[number] for number in each.rounds),
        units=unrated,
        way=_way(contest) if each.lack is Lack.RELATED_APPROVERS else "",
    )
    if each.lack in (Lack.NO_RATES, Lack.UNRATED):
        return said, url_for(".units", slug=contest.slug)
    if each.lack is Lack.NO_APPROVER and may("account.manage"):
        return said, url_for("account_manage.new_account")
    return said, link_to(contest, each.step) if each.step else ""


def _facts(contest: Contest) -> PlanFacts:
    rules, me, asks = Rules.from_dict(contest.rules), present_account(), asks_second(contest)
    approvers = list_approvers(db.session, contest.unit, but=me) if asks else []
    return PlanFacts(
        steps=confirmed(contest.plan_steps),
        rounds=[RoundFacts(each.number, each.opens_at, len(each.questions)) for each in contest.rounds],
        shown=rules.shown,
        prizes=[tier.amount for tier in (*contest.tiers, *contest.season_tiers)],
        has_hotline=bool(contest.hotline),
        has_approver=not asks or bool(approvers),
        has_unrelated_approver=not asks or bool(list_unrelated(db.session, me.id, approvers)),
        eligibility=rules.eligibility,
        has_list=_has_list(contest, rules.eligibility),
        rated=_rated(contest),
    )


def _way(contest: Contest) -> str:
    """Return how the contest gets an approver who has no ties to the signed-in account."""
    inviters = list_unrelated_inviters(db.session, contest.unit, present_account())
    if not inviters:
        return gettext("Muốn không ghi: nhờ người cài đặt máy chủ lập tài khoản người phê duyệt.")
    people = ", ".join(f"{each.name} ({each.unit.name})" for each in inviters[:NAMED])
    return gettext("Muốn không ghi: nhờ quản trị %(people)s mời người phê duyệt.", people=people)


def _rated(contest: Contest) -> tuple[int, int] | None:
    """Return how many units can be compared by headcount, and how many can't, where a prize of units needs it."""
    tiers = (tier.value for tier in contest.collective_tiers)
    if CollectiveMeasure.RATE not in by_measure(tiers, contest.prize_terms.measure):
        return None
    rated, unrated = list_rated(db.session, contest, local_date(clock.now()))
    return len(rated), len(unrated)


def _unrated(contest: Contest) -> str:
    """Return the first units without a usable headcount, by name."""
    _rated, unrated = list_rated(db.session, contest, local_date(clock.now()))
    more = gettext(" và %(n)s nơi khác", n=len(unrated) - NAMED) if len(unrated) > NAMED else ""
    return ", ".join(unit.name for unit in unrated[:NAMED]) + more


def _has_list(contest: Contest, eligibility: Eligibility) -> bool:
    """Whether there is a roster, or a batch of cards, where the eligibility needs one."""
    if eligibility is Eligibility.ROSTER:
        return contests.count_roster(db.session, contest)[0] > 0
    return bool(list_card_batches(db.session, contest))
