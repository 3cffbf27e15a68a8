"""The page on which people wait for a common start: the code is typed before, the paper opens at the moment."""

from datetime import datetime, timedelta

from flask import render_template
from flask_babel import gettext as _

from core.crypto import new_key
from core.values.dates import moment
from core.web.extensions import db
from quiz.attempt.forms.entry import BeginForm
from quiz.attempt.queries.attempt import milliseconds
from quiz.attempt.queries.entrance import OpenRound
from quiz.attempt.rules.common_start import may_wait
from quiz.contest import queries as contests
from quiz.contest.models import Contest, Round


def find_awaited(contest: Contest, now: datetime) -> Round | None:
    """Return the round whose common start people may wait for at *now*; None where there is none."""
    round = contests.find_next_round(db.session, contest, now)
    if round is None or contest.is_rehearsal or not round.declared.starts_together:
        return None
    return round if may_wait(round.opens_at, now) and round.has_questions else None


def waiting_page(contest: Contest, round: Round, form: BeginForm, now: datetime) -> str:
    """Return the page of somebody whose code is right; its button, or its script at the start, opens the paper."""
    form.key.data = new_key()
    left = milliseconds(round.opens_at) - milliseconds(now)
    return render_template(
        "quiz/attempt/waiting.html",
        contest=contest,
        round=round,
        form=form,
        starts_ms=milliseconds(round.opens_at),
        minutes=left // 60_000,
        seconds=left // 1000 % 60,
        ends_at=_end_of(round),
    )


def missed_words(round: OpenRound) -> str:
    """Return why a paper is no longer opened."""
    return str(_("Mọi người đã bắt đầu cùng lúc và hết giờ làm bài từ %(moment)s.", moment=moment(_end_of(round))))


def _end_of(round: Round | OpenRound) -> datetime:
    return round.opens_at + timedelta(seconds=round.limit_seconds)
