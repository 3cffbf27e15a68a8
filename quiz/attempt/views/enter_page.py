"""The page on which one enters a round: as it stands in the cache, or with what was typed."""

from datetime import datetime

from flask import render_template

from core.crypto import new_key
from core.web.extensions import db
from core.web.form_tokens import form_token
from core.web.page_cache import cached_page
from quiz.attempt.forms.entry import BeginForm
from quiz.attempt.queries.entrance import Entrance, OpenRound
from quiz.attempt.queries.paper import find_paper
from quiz.attempt.views.paper_page import with_slots
from quiz.attempt.views.together import find_awaited
from quiz.contest import queries as contests
from quiz.contest.views import contest_or_404


def enter_page(slug: str, round: OpenRound | None, form: BeginForm, now: datetime, status: int) -> tuple[str, int]:
    """Return the page as *form* stands, of the open *round* or of none, with *status*."""
    contest = contest_or_404(slug)
    next_round = contests.find_next_round(db.session, contest, now)
    asked = round and _asked(round)
    awaited = find_awaited(contest, now) if round is None else None
    page = render_template(
        "quiz/attempt/enter.html",
        contest=contest,
        round=round,
        asked=asked,
        next_round=next_round,
        awaited=awaited,
        form=form,
    )
    return page, status


def _asked(round: OpenRound) -> int:
    """Return how many questions a paper of *round* asks."""
    return round.declared.asked(len(find_paper(db.session, round.id, round.paper_version).questions))


def fresh_enter_page(entrance: Entrance, round: OpenRound) -> str:
    """Return the empty page, with a key and a token of this request."""
    return cached_page(
        ("quiz.enter", entrance.id),
        entrance.shown,
        lambda: _render_blank_enter(entrance, round),
        {"key": new_key(), "token": form_token(BeginForm)},
    )


def _render_blank_enter(entrance: Entrance, round: OpenRound) -> str:
    form = with_slots(BeginForm(formdata=None))
    return render_template("quiz/attempt/enter.html", contest=entrance, round=round, asked=_asked(round), form=form)
