"""Ask a participant whether a paper sheet with their name is theirs, before anything counts or begins."""

from datetime import datetime

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from core.web.arrival import arrived_at
from core.web.code_guesses import count_wrong_code
from core.web.extensions import db, keyring
from quiz.attempt.forms.entry import MINE, BeginForm, SheetAnswerForm
from quiz.attempt.models import PaperSheet
from quiz.attempt.operations.attempt import RoundNotOpen
from quiz.attempt.operations.sheet_settling import NotAsked, answer_sheet
from quiz.attempt.queries.attempt import find_participant_by_code
from quiz.attempt.queries.entrance import Entrance, OpenRound, find_entrance
from quiz.attempt.queries.paper_sheets import find_asking_sheet, state_in
from quiz.contest.views import blueprint

Page = tuple[str, int]


def question_page(entrance: Entrance, round: OpenRound, sheet: PaperSheet, code: str) -> str:
    """Return the question about *sheet* of *round* to the participant who holds *code*; it shows no answer of it."""
    form = SheetAnswerForm(formdata=None, code=code, number=sheet.number)
    return render_template(
        "quiz/attempt/sheet_question.html",
        contest=entrance,
        round=round,
        sheet=sheet,
        form=form,
        takes_all=round.declared.tries == 1,
    )


@blueprint.post("/<slug>/tuan/<int:number>/phieu-giay")
def answer_about_sheet(slug: str, number: int) -> Page | Response:
    """Count a sheet of an open round that its participant says is theirs; set it aside where it is not."""
    now, again = arrived_at(), redirect(url_for("quiz.enter", slug=slug, de=number), 303)
    entrance, form = find_entrance(db.session, slug, now, paper=number) or abort(404), SheetAnswerForm()
    if entrance.round is None or entrance.round.number != number or not form.validate():
        return again
    found = (find_participant_by_code(db.session, keyring(), entrance, code) for code in form.readings)
    holder = next(filter(None, found), None)
    if holder is None:
        count_wrong_code()
        return again
    sheet = find_asking_sheet(db.session, entrance.round.id, holder.id, form.number.data)
    if sheet is None:
        return again
    try:
        answer_sheet(db.session, keyring(), holder.id, sheet.id, is_mine=form.deed.data == MINE, now=now)
    except (NotAsked, RoundNotOpen):  # answered on another device, or the round is over: the page says how it stands
        db.session.rollback()
    db.session.commit()
    return _answered_page(entrance, entrance.round, sheet, form.code.data or "", now)


def _answered_page(entrance: Entrance, round: OpenRound, sheet: PaperSheet, code: str, now: datetime) -> Page:
    page = render_template(
        "quiz/attempt/sheet_answered.html",
        contest=entrance,
        round=round,
        sheet=sheet,
        state=state_in(db.session, sheet, now=now),
        form=BeginForm(formdata=None, code=code),
        takes_all=round.declared.tries == 1,
    )
    return page, 200
