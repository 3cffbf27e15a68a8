"""Contests and their questions."""

from datetime import datetime

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from account.rules.chain import Plain
from account.views.current import audit
from commune.models import Unit
from commune.queries import list_units
from core import clock
from core.values.text import free_slug
from core.values.week import local_date
from core.web.access import requires, scope, scope_of
from core.web.error_links import Way
from core.web.extensions import db, keyring
from core.web.filters import day, deadline
from core.web.paging import chosen, paging, searched
from quiz import labels
from quiz.forms.contest import ContestForm, DraftQuestion, QuestionsForm, questions_as_text
from quiz.manage.blueprint import blueprint
from quiz.models import Contest, Round
from quiz.operations import audit_subjects
from quiz.operations import contest as operations
from quiz.operations.lifecycle import has_papers
from quiz.queries import board as boards
from quiz.queries import contest as contests
from quiz.rules.actions import Action
from quiz.rules.presets import PRESETS
from quiz.rules.schedule import Phase, Stage

OWN_ADDRESSES = {"tra-cuu", "them", "quyen-cua-toi"}
"""Names that are pages of their own."""


def contest_or_404(slug: str) -> Contest:
    """The contest at *slug*, if it is of one's units."""
    return contests.find_contest(db.session, slug, scope()) or abort(404)


def way_to(slug: str) -> Way | None:
    """The page of a contest of one's units, for whoever got lost below it."""
    found = contests.find_contest(db.session, slug, scope_of("contest.see"))
    return Way(found.title, url_for("quiz_manage.contest", slug=slug)) if found else None


def round_or_404(slug: str, number: int) -> Round:
    """A round of such a contest."""
    return contests.find_round(db.session, contest_or_404(slug), number) or abort(404)


@blueprint.get("/", endpoint="contests")
@requires("contest.see")
def contests_list() -> str:
    """The contests of one's units."""
    stage = chosen("tinh-trang", [each.value for each in Stage])
    wanted = contests.Wanted(searched(), Stage(stage) if stage else None, clock.now())
    page = paging(contests.count_contests(db.session, scope(), wanted=wanted), **{"tinh-trang": stage})
    found = contests.list_contests(db.session, scope(), wanted=wanted, part=page.part)
    running = contests.open_rounds(db.session, found, clock.now())
    rows = [(contest, running.get(contest.id)) for contest in found]
    return render_template("quiz/manage/contests.html", rows=rows, page=page, stage=stage, stage_label=labels.STAGE)


@blueprint.route("/them", methods=["GET", "POST"])
@requires("contest.manage")
def new_contest() -> tuple[str, int] | Response:
    """Set a contest up as a draft; its rules are declared here and copied into each week."""
    today = local_date(clock.now())
    units = list_units(db.session, scope(), today)
    form = ContestForm().expect(today=today).offer(units)
    if form.validate_on_submit():
        try:
            contest = _create_contest(form, {unit.id: unit for unit in units})
            audit(Action.CONTEST_CREATE, audit_subjects.of_contest(contest), after={"weeks": len(contest.rounds)})
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            form.title.errors = [_("Vừa có tên này. Xin bấm lần nữa.")]
        else:
            _tell_weeks(contest)
            return redirect(url_for(".contest", slug=contest.slug))
    page = render_template("quiz/manage/contest_form.html", form=form, contest=None)
    return page, 422 if form.is_submitted() else 200


def _create_contest(form: ContestForm, units: dict[int, Unit]) -> Contest:
    entering, plan = [units[id] for id in form.entering], plan_of(form, free_address(form.title.data))
    return operations.create_contest(db.session, units[form.unit.data], entering, plan)


def plan_of(form: ContestForm, slug: str) -> operations.Plan:
    """What a valid *form* asks for, as a draft at *slug*."""
    return operations.Plan(
        slug=slug, rules=PRESETS[form.preset.data], first_day=form.first_day.data, weeks=form.weeks.data or 1,
        limit_seconds=60 * (form.limit_minutes.data or 1), tiers=form.read_tiers, is_draft=True,
        title=form.title.data, organiser=form.organiser.data, hotline=form.hotline.data or "",
        summary=form.summary.data or "",
    )  # fmt: skip


def free_address(title: str, *, but: Contest | None = None) -> str:
    """The address for *title* that no contest has, *but* one perhaps."""
    taken = {contest.slug for contest in contests.list_contests(db.session) if contest is not but} | OWN_ADDRESSES
    return free_slug(title, taken)


def _tell_weeks(contest: Contest) -> None:
    first, last = contest.rounds[0].opens_at, contest.rounds[-1].closes_at
    words = _("Đã lập bản nháp: %(n)s tuần, từ thứ Hai %(first)s đến %(last)s. Tiếp theo, hãy dán câu hỏi cho tuần 1.",
              n=len(contest.rounds), first=day(first), last=deadline(last))  # fmt: skip
    flash(words, "success")


@blueprint.get("/<slug>")
@requires("contest.see")
def contest(slug: str) -> str:
    """A contest: its weeks and what each needs now; turnout in full, for the organiser alone."""
    contest, now = contest_or_404(slug), clock.now()
    rounds = [(round, contests.phase_of(round, now)) for round in contest.rounds]
    return render_template(
        "quiz/manage/contest.html",
        contest=contest,
        rounds=rounds,
        is_over=bool(rounds) and all(phase is Phase.PUBLISHED for _round, phase in rounds),
        phase_label=labels.PHASE,
        board=boards.turnout_of_contest(db.session, contest),
        rule_sentences=labels.rule_sentences(contest.rules),
        has_papers=has_papers(db.session, contest),
    )


@blueprint.route("/<slug>/tuan/<int:number>/cau-hoi", methods=["GET", "POST"])
@requires("question.write")
def questions(slug: str, number: int) -> tuple[str, int] | Response:
    """The questions of a week, as one text, until the week opens."""
    round, form, now = round_or_404(slug, number), QuestionsForm(), clock.now()
    if form.validate_on_submit():
        try:
            _save_questions(round, form, now)
        except operations.QuestionsFrozen:
            db.session.rollback()
            form.text.errors = [_("Tuần thi đã mở nên câu hỏi không sửa được nữa.")]
        else:
            db.session.commit()
            flash(_saved(form.questions), "success")
            return redirect(url_for(".contest", slug=slug))
    elif not form.is_submitted():
        form.text.data = questions_as_text(round.questions)
    is_frozen = operations.are_frozen(round, now)
    words = {"contest": round.contest, "round": round, "form": form, "is_frozen": is_frozen}
    return render_template("quiz/manage/questions.html", **words), 422 if form.is_submitted() else 200


def _saved(questions: list[DraftQuestion]) -> str:
    """How many were saved; a second star is often a slip, so those with several right answers are named."""
    told = str(_("Đã lưu %(n)s câu hỏi.", n=len(questions)))
    several = [at for at, each in enumerate(questions, start=1) if sum(right for *_words, right in each.choices) > 1]
    if not several:
        return told
    which = ", ".join(map(str, several))
    return f"{told} {_('Câu %(which)s có nhiều phương án đúng: phải chọn đủ mới được tính đúng.', which=which)}"


def _save_questions(round: Round, form: QuestionsForm, now: datetime) -> None:
    """Save them; the trail keeps how many and a digest: the text would give the key away before its hour."""
    before = {"questions": len(round.questions)}
    operations.set_questions(db.session, round, _drafts(form), now=now)
    text = questions_as_text(round.questions)
    told: dict[str, Plain] = {"questions": len(round.questions), "digest": keyring().mac("questions", text).hex()[:32]}
    audit(Action.QUESTION_SAVE, audit_subjects.of_round(round), before=before, after=told)


def _drafts(form: QuestionsForm) -> list[operations.QuestionText]:
    return [operations.QuestionText(each.text, each.choices, each.explanation) for each in form.questions]
