"""Parts shared by the pages of a plan: the path on top, and where a step leads."""

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.translation import gettext
from core.web.forms import StaffForm
from quiz.contest.labels.planning import STEP
from quiz.contest.models import Contest
from quiz.contest.rules.planning import PlanStep, after, before, confirmed

PAGE: dict[PlanStep, str] = {
    PlanStep.NAMES: "plan_names",
    PlanStep.SCHEDULE: "plan_schedule",
    PlanStep.RULES: "plan_rules",
    PlanStep.QUESTIONS: "plan_questions",
    PlanStep.PRIZES: "plan_prizes",
    PlanStep.CHECK: "plan_check",
}

TEMPLATE: dict[PlanStep, str] = {
    PlanStep.NAMES: "quiz/contest/manage/plan/names.html",
    PlanStep.SCHEDULE: "quiz/contest/manage/plan/schedule.html",
    PlanStep.RULES: "quiz/contest/manage/plan/rules.html",
    PlanStep.QUESTIONS: "quiz/contest/manage/plan/questions.html",
    PlanStep.PRIZES: "quiz/contest/manage/plan/prizes.html",
}


@dataclass(frozen=True)
class PathStep:
    """A step on the path: its address (empty before there is a draft), and whether it is done."""

    step: PlanStep
    link: str
    is_done: bool
    is_here: bool

    @property
    def words(self) -> str:
        """Its name."""
        return gettext(STEP[self.step])

    @property
    def number(self) -> int:
        """Its place on the path, from 1."""
        return list(PlanStep).index(self.step) + 1

    @property
    def before(self) -> PlanStep:
        """The step before; the first is its own."""
        return before(self.step)

    @property
    def next(self) -> PlanStep:
        """The step after; the last is its own."""
        return after(self.step)

    @property
    def next_words(self) -> str:
        """The name of the step after."""
        return gettext(STEP[self.next])


def link_to(contest: Contest, step: PlanStep) -> str:
    """Return the address of a step of *contest*."""
    return url_for(f"quiz_manage.{PAGE[step]}", slug=contest.slug)


def path_of(contest: Contest | None, here: PlanStep) -> list[PathStep]:
    """Return the path with the present step."""
    links = {step: link_to(contest, step) if contest else "" for step in PlanStep}
    return [PathStep(step, links[step], is_done(contest, step), step is here) for step in PlanStep]


def is_done(contest: Contest | None, step: PlanStep) -> bool:
    """Whether a step is confirmed; the questions are when each round has some."""
    if contest is None:
        return False
    if step is PlanStep.QUESTIONS:
        return all(round.questions for round in contest.rounds)
    return step in confirmed(contest.plan_steps)


def plan_page(
    contest: Contest | None, here: PlanStep, form: StaffForm, *, is_wrong: bool = False, status: int = 422, **more: Any
) -> tuple[str, int]:
    """Return the page of a step; a sent form that is shown again has a mistake, unless it only fills its table."""
    going = going_to()
    elsewhere = link_to(contest, going) if contest and going and form.errors else ""
    page = render_template(
        TEMPLATE[here],
        contest=contest,
        form=form,
        here=here,
        path=path_of(contest, here),
        elsewhere=elsewhere,
        elsewhere_words=STEP[going] if going else "",
        **more,
    )
    return page, status if is_wrong or form.errors or form.form_errors else 200


def going_to() -> PlanStep | None:
    """Return the step that the pressed button names; None for the next one."""
    wanted = request.form.get("go", "")
    return PlanStep(wanted) if wanted in set(PlanStep) else None


def next_page(contest: Contest, step: PlanStep) -> Response:
    """Redirect to the named step, or to the one after *step*."""
    return redirect(link_to(contest, going_to() or after(step)))
