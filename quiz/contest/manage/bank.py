"""The question bank of a contest: list, add, revise, review, and let rounds ask its questions."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor
from core import clock
from core.images import WebPicture
from core.values.week import local_date
from core.web.access import requires
from core.web.extensions import db, keyring
from core.web.forms import ActionForm
from core.web.paging import Paging, chosen, paging, searched
from core.web.uploads import takes
from quiz.bank.forms import BankActionForm, BankQuestionForm
from quiz.bank.labels import LEVELS, STATE
from quiz.bank.rules.likeness import stands_out
from quiz.contest.labels.rounds import round_name, round_words
from quiz.contest.manage import blueprint, contest_or_404
from quiz.contest.manage.question_view import QuestionCard, bank_warnings, likes_of, text_of_parsed
from quiz.contest.models import Contest, Round
from quiz.contest.operations import bank as operations
from quiz.contest.operations.contest import QuestionsFrozen, are_frozen
from quiz.contest.operations.pictures import store_picture
from quiz.contest.operations.questions import parsed_of
from quiz.contest.queries.bank import BankFilter, BankQuestion, find_bank_question, list_bank, topics_of
from quiz.contest.queries.pictures import find_bank_picture

MOST_PICTURES = 20 << 20
"""Bytes of a form with the pictures of one question."""
Page = tuple[str, int] | Response


@dataclass(frozen=True)
class BankPage:
    """The shown part of a bank, and what it is filtered by."""

    contest: Contest
    bank: list[BankQuestion]
    wanted: BankFilter
    found: list[BankQuestion]
    page: Paging

    @property
    def shown(self) -> list[BankQuestion]:
        """The questions on this page."""
        return self.found[self.page.part]


@blueprint.route("/<slug>/cau-hoi", methods=["GET", "POST"])
@requires("question.write")
def bank(slug: str) -> Page:
    """List the bank; review the ticked questions, or add them to a round."""
    contest = contest_or_404(slug)
    view, rounds = _bank_page(contest), _rounds_to_come(contest)
    form = BankActionForm().offer([(round.number, round_name(round)) for round in rounds])
    if form.validate_on_submit():
        return _act(view, form, {round.number: round for round in rounds})
    page = render_template(
        "quiz/contest/manage/bank.html",
        view=view,
        form=form,
        states=STATE,
        levels=LEVELS,
        topics=topics_of(view.bank),
        warnings=bank_warnings(view.bank),
    )
    return page, 422 if form.is_submitted() else 200


def _bank_page(contest: Contest) -> BankPage:
    every, state = list_bank(db.session, contest), chosen("tinh-trang", list(STATE))
    topic, level = chosen("chu-de", topics_of(every)), chosen("muc", [str(at) for at, _word in enumerate(LEVELS, 1)])
    wanted = BankFilter(searched(), topic, int(level) if level else None, state)
    found = [each for each in every if wanted.fits(each)]
    return BankPage(
        contest, every, wanted, found, paging(len(found), **{"tinh-trang": state, "chu-de": topic, "muc": level})
    )


def _rounds_to_come(contest: Contest) -> list[Round]:
    return [round for round in contest.rounds if not are_frozen(round, clock.now())]


def _act(view: BankPage, form: BankActionForm, rounds: dict[int, Round]) -> Response:
    """Do what was asked with the ticked questions of the bank."""
    ticked = [each for each in reversed(view.bank) if each.question.id in set(form.chosen.data or ())]
    back = redirect(request.full_path.rstrip("?"))
    if not ticked:
        flash(_("Xin đánh dấu ít nhất một câu hỏi."), "error")
    elif form.review.data:
        count = operations.review_questions(db.session, actor(), view.contest, ticked, now=clock.now())
        db.session.commit()
        flash(_("Đã rà soát %(n)s câu hỏi.", n=count), "success")
    elif form.ask.data and form.round.data in rounds:
        _ask(rounds[form.round.data], ticked)
    return back


def _ask(round: Round, ticked: list[BankQuestion]) -> None:
    try:
        count = operations.ask_questions(db.session, keyring(), actor(), round, ticked, now=clock.now())
    except QuestionsFrozen:
        db.session.rollback()
        flash(_("Đợt thi đã mở nên câu hỏi không sửa được nữa."), "error")
    else:
        db.session.commit()
        flash(
            _(
                "Đã đưa %(n)s câu vào %(round)s; câu đã có thì không thêm lần nữa.",
                n=count,
                round=round_words(round),
            ),
            "success",
        )


@blueprint.route("/<slug>/cau-hoi/them", methods=["GET", "POST"])
@requires("question.write")
@takes(MOST_PICTURES)
def bank_add(slug: str) -> Page:
    """Add a question to the bank."""
    contest = contest_or_404(slug)
    form = _question_form(contest)
    if form.validate_on_submit():
        text, shared = text_of_parsed(form.typed), bool(form.is_shared.data)
        added = operations.add_questions(db.session, actor(), contest, [text], is_shared=shared, now=clock.now())
        db.session.commit()
        flash(_("Đã thêm câu hỏi.") if added else _("Ngân hàng đã có đúng câu này."), "success" if added else "error")
        return redirect(
            url_for(".bank_question", slug=slug, question_id=added[0].id) if added else url_for(".bank", slug=slug)
        )
    page = render_template("quiz/contest/manage/bank_question.html", contest=contest, form=form, each=None)
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/<slug>/cau-hoi/<int:question_id>", methods=["GET", "POST"])
@requires("question.write")
@takes(MOST_PICTURES)
def bank_question(slug: str, question_id: int) -> Page:
    """Show a question of the bank as participants see it, and store a new wording."""
    contest, each = _question_or_404(slug, question_id)
    form = _question_form(contest)
    if form.validate_on_submit():
        text, shared = text_of_parsed(form.typed), bool(form.is_shared.data)
        operations.revise_question(db.session, actor(), contest, each, text, is_shared=shared, now=clock.now())
        db.session.commit()
        flash(_("Đã lưu câu hỏi."), "success")
        return redirect(url_for(".bank_question", slug=slug, question_id=question_id))
    if not form.is_submitted():
        form.fill(parsed_of(each.revision), is_shared=each.is_shared)
    return _question_page(contest, each, form), 422 if form.is_submitted() else 200


def _question_form(contest: Contest) -> BankQuestionForm:
    """Return the form of a question, which stores its pictures at once: they stay when something else is wrong."""
    form = BankQuestionForm()
    held = (form[f"held_{part}"].data for part in form.parts)
    form.known = {each for each in held if each and find_bank_picture(db.session, contest, each)}

    def store(picture: WebPicture) -> str:
        digest = store_picture(db.session, picture, today=local_date(clock.now()))
        db.session.commit()
        return digest

    form.store = store
    return form


def _question_or_404(slug: str, question_id: int) -> tuple[Contest, BankQuestion]:
    contest = contest_or_404(slug)
    return contest, find_bank_question(db.session, contest, question_id) or abort(404)


def _question_page(contest: Contest, each: BankQuestion, form: BankQuestionForm) -> str:
    question = parsed_of(each.revision)
    return render_template(
        "quiz/contest/manage/bank_question.html",
        contest=contest,
        each=each,
        form=form,
        card=QuestionCard(1, question),
        states=STATE,
        likes=likes_of(list_bank(db.session, contest), each),
        stands_out=stands_out(question),
        frozen=[round for round in each.asked if are_frozen(round, clock.now())],
    )


@blueprint.post("/<slug>/cau-hoi/<int:question_id>/ra-soat")
@requires("question.write")
def bank_review(slug: str, question_id: int) -> Response:
    """Set a draft to reviewed."""
    contest, each = _question_or_404(slug, question_id)
    if ActionForm().validate_on_submit():
        operations.review_questions(db.session, actor(), contest, [each], now=clock.now())
        db.session.commit()
        flash(_("Đã ghi là đã rà soát."), "success")
    return redirect(url_for(".bank_question", slug=slug, question_id=question_id))


@blueprint.post("/<slug>/cau-hoi/<int:question_id>/xoa")
@requires("question.write")
def bank_delete(slug: str, question_id: int) -> Response:
    """Delete a question that no round asks."""
    contest, each = _question_or_404(slug, question_id)
    if not ActionForm().validate_on_submit():
        return redirect(url_for(".bank_question", slug=slug, question_id=question_id))
    try:
        operations.delete_question(db.session, actor(), contest, each, now=clock.now())
    except operations.QuestionAsked:
        flash(_("Câu này đang nằm trong một đợt thi nên không xóa được."), "error")
        return redirect(url_for(".bank_question", slug=slug, question_id=question_id))
    db.session.commit()
    flash(_("Đã xóa câu hỏi."), "success")
    return redirect(url_for(".bank", slug=slug))
