"""Set up contests and write their questions."""

from collections.abc import Sequence
from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from account.views.current import actor
from commune.models import Unit
from commune.queries import list_units
from core import clock
from core.content import ENGLISH, texts_of
from core.values.dates import dated, day, deadline
from core.values.text import free_slug, slug_of
from core.values.week import local_date
from core.web.access import requires, scope
from core.web.extensions import db, keyring, settings
from core.web.paging import chosen, paging, searched
from quiz.bank.forms import DraftQuestion, english_as_text, questions_as_text
from quiz.bank.models import Choice, QuestionRevision
from quiz.contest import labels
from quiz.contest import queries as contests
from quiz.contest.forms import PEOPLE_PER_PHONE, ContestForm
from quiz.contest.forms.questions import QuestionsForm
from quiz.contest.forms.rules import YOUNGEST
from quiz.contest.labels.rounds import round_name, round_words
from quiz.contest.manage import blueprint, round_or_404
from quiz.contest.models import Contest, Round
from quiz.contest.operations import contest as operations
from quiz.contest.rules.schedule import ContestStage

OWN_ADDRESSES = {"tra-cuu", "them", "quyen-cua-toi"}
"""Path segments of other pages, which no contest may have as a slug."""


@blueprint.get("/", endpoint="contests")
@requires("contest.see")
def contests_list() -> str:
    """List the contests of the account's units."""
    stage = chosen("tinh-trang", [each.value for each in ContestStage])
    wanted = contests.Wanted(searched(), ContestStage(stage) if stage else None, clock.now())
    page = paging(contests.count_contests(db.session, scope(), wanted=wanted), **{"tinh-trang": stage})
    found = contests.list_contests(db.session, scope(), wanted=wanted, part=page.part)
    running = contests.open_rounds(db.session, found, clock.now())
    rows = [(contest, state_now(contest, running.get(contest.id), clock.now())) for contest in found]
    return render_template(
        "quiz/contest/manage/contests.html", rows=rows, page=page, stage=stage, stage_label=labels.STAGE
    )


def state_now(contest: Contest, running: Round | None, now: datetime) -> tuple[str, str]:
    """Return what *contest* is doing at *now*, in words, and the class of its mark."""
    coming = [round.opens_at for round in contest.rounds if round.opens_at > now]
    if contest.called_off_at is not None:
        return _("Đã hủy"), "bad"
    if contest.is_rehearsal:
        return _("Đang diễn tập"), "warn"
    if contest.is_draft:
        return _("Bản nháp"), "warn"
    if running is not None:
        return _("%(round)s đang mở", round=round_name(running)), "good"
    if all(round.published_at for round in contest.rounds):
        return _("Đã xong"), ""
    if coming:
        return _("Mở từ ngày %(day)s", day=day(min(coming))), ""
    return _("Chờ công bố"), "warn"


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
        collective=form.read_collective, youngest=form.youngest.data or YOUNGEST,
        title=form.title.data, organiser=form.organiser.data, hotline=form.hotline.data or "",
        summary=form.summary.data or "", people_per_phone=form.people_per_phone.data or PEOPLE_PER_PHONE,
        english=form.english, rounds=planned,
    )  # fmt: skip


def free_address(title: str, *, but: Contest | None = None) -> str:
    """Return an address for *title* that no contest has, except *but*."""
    taken = contests.list_slugs_like(db.session, slug_of(title), but) | OWN_ADDRESSES
    return free_slug(title, taken)


def _flash_weeks(contest: Contest) -> None:
    first, last = contest.rounds[0], contest.rounds[-1]
    words = _("Đã lập bản nháp: %(n)s đợt thi, từ %(first)s đến %(last)s. Tiếp theo, hãy dán câu hỏi cho %(round)s.",
              n=len(contest.rounds), first=dated(first.opens_at), last=deadline(last.closes_at),
              round=round_words(first))  # fmt: skip
    flash(words, "success")


@blueprint.route("/<slug>/tuan/<int:number>/cau-hoi", methods=["GET", "POST"])
@requires("question.write")
def questions(slug: str, number: int) -> tuple[str, int] | Response:
    """Show and save the questions of a round as one text, until the round opens."""
    round, form, now = round_or_404(slug, number), QuestionsForm(), clock.now()
    if form.validate_on_submit():
        try:
            operations.save_questions(db.session, keyring(), actor(), round, _drafts(form), now=now)
        except operations.QuestionsFrozen:
            db.session.rollback()
            form.text.errors = [_("Tuần thi đã mở nên câu hỏi không sửa được nữa.")]
        else:
            db.session.commit()
            flash(_saved(form.questions), "success")
            return redirect(url_for(".contest", slug=slug))
    elif not form.is_submitted():
        form.text.data, form.english.data = questions_as_text(round.questions), _english(round)
    return _questions_page(round, form, is_frozen=operations.are_frozen(round, now))


def _questions_page(round: Round, form: QuestionsForm, *, is_frozen: bool) -> tuple[str, int]:
    kept = [each.position for each in round.questions if each.keeps_choices] if round.declared.shuffles else []
    page = render_template(
        "quiz/contest/manage/questions.html",
        contest=round.contest,
        round=round,
        form=form,
        is_frozen=is_frozen,
        kept_in_order=kept,
    )
    return page, 422 if form.is_submitted() else 200


def _saved(questions: Sequence[DraftQuestion]) -> str:
    """Return how many were saved, naming those with several right answers, since a second star is often a mistake."""
    message = str(_("Đã lưu %(n)s câu hỏi.", n=len(questions)))
    several = [at for at, each in enumerate(questions, start=1) if sum(right for *_words, right in each.choices) > 1]
    if not several:
        return message
    which = ", ".join(map(str, several))
    return f"{message} {_('Câu %(which)s có nhiều phương án đúng: phải chọn đủ mới được tính đúng.', which=which)}"


def _drafts(form: QuestionsForm) -> list[operations.QuestionText]:
    return [_written(each) for each in form.questions]


def _written(draft: DraftQuestion) -> operations.QuestionText:
    english = _written(draft.english) if draft.english else None
    return operations.QuestionText(draft.text, draft.choices, draft.explanation, draft.topic, english)


def _english(round: Round) -> str:
    """Return the English of the questions of *round* as one text."""
    choices = [choice.id for question in round.questions for choice in question.choices]
    revisions = [question.revision_id for question in round.questions]
    of_revision = texts_of(db.session, QuestionRevision, revisions, ENGLISH)
    return english_as_text(round.questions, of_revision, texts_of(db.session, Choice, choices, ENGLISH))
