"""The questions of a round: as participants see them, and as one text to edit."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor
from core import clock
from core.web.access import requires
from core.web.extensions import db, keyring
from core.web.uploads import takes
from quiz.bank.forms import QuestionsForm
from quiz.bank.rules.english import english_as_text
from quiz.bank.rules.parsed import ParsedQuestion
from quiz.bank.rules.pictures import KnownPictures
from quiz.bank.rules.text_form import questions_as_text
from quiz.contest.manage import blueprint, round_or_404
from quiz.contest.manage.question_view import cards_of_round, text_of_parsed
from quiz.contest.models import Round
from quiz.contest.operations import contest as operations
from quiz.contest.operations.questions import parsed_of_round
from quiz.contest.queries.bank import english_of
from quiz.contest.queries.pictures import bank_digests
from quiz.contest.queries.reports import list_reports

MOST_BYTES = 2 << 20
"""Bytes of a form with the questions as a text."""


@blueprint.route("/<slug>/tuan/<int:number>/cau-hoi", methods=["GET", "POST"])
@requires("question.write")
@takes(MOST_BYTES)
def questions(slug: str, number: int) -> tuple[str, int] | Response:
    """Show the questions of a round, and save them as one text, until the round opens."""
    round, form, now = round_or_404(slug, number), QuestionsForm(), clock.now()
    form.known = KnownPictures(bank_digests(db.session, round.contest))
    if form.validate_on_submit():
        try:
            texts = [text_of_parsed(each) for each in form.questions]
            operations.save_questions(db.session, keyring(), actor(), round, texts, now=now)
        except operations.QuestionsFrozen:
            db.session.rollback()
            return _questions_page(round, form, is_frozen=True, status=409)
        else:
            db.session.commit()
            flash(saved(form.questions), "success")
            return redirect(url_for(".questions", slug=slug, number=number))
    elif not form.is_submitted():
        form.text.data = questions_as_text(parsed_of_round(round))
        form.english.data = english_as_text(english_of(db.session, round))
    status = 422 if form.is_submitted() else 200
    return _questions_page(round, form, is_frozen=operations.are_frozen(round, now), status=status)


def _questions_page(round: Round, form: QuestionsForm, *, is_frozen: bool, status: int) -> tuple[str, int]:
    kept = [each.position for each in round.questions if each.keeps_choices] if round.declared.shuffles else []
    page = render_template(
        "quiz/contest/manage/questions.html",
        contest=round.contest,
        round=round,
        cards=cards_of_round(round),
        form=form,
        is_frozen=is_frozen,
        kept_in_order=kept,
        reports=list_reports(db.session, round),
    )
    return page, status


def saved(questions: Sequence[ParsedQuestion]) -> str:
    """Return how many were saved, naming those with several right answers, since a second star is often a mistake."""
    message = str(_("Đã lưu %(n)s câu hỏi.", n=len(questions)))
    several = [at for at, each in enumerate(questions, start=1) if len(each.key) > 1]
    if not several:
        return message
    which = ", ".join(map(str, several))
    return f"{message} {_('Câu %(which)s có nhiều phương án đúng: phải chọn đủ mới được tính đúng.', which=which)}"
