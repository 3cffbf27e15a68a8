"""The shares of the rounds of a plan in the questions of a file: shown before anything is stored, then stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from account.views.current import actor
from core import clock
from core.values.text import N_
from core.web.extensions import db, keyring
from quiz.bank.forms import QuestionImportForm
from quiz.bank.rules.parsed import NOWHERE, Parsed, ParsedQuestion
from quiz.contest.labels.rounds import round_name, round_words
from quiz.contest.manage.plan_steps import path_of
from quiz.contest.models import Contest, Round
from quiz.contest.operations.planning import shares_for, spread_questions
from quiz.contest.operations.questions import QuestionText
from quiz.contest.rules.planning import PlanStep
from quiz.contest.rules.week_shares import Shares, weeks_of_rounds

_OTHER_WEEKS = N_("Tệp ghi câu hỏi của tuần %(weeks)s; ở đây đưa tất cả vào %(round)s.")


def plan_words(contest: Contest, form: QuestionImportForm, questions: Sequence[ParsedQuestion]) -> dict[str, Any]:
    """Return what the page of a plan shows besides: the path, the shares as the form stands, and what does not fit."""
    shares = _shares(contest, form, questions)
    rows = [(round_name(round), _ranges(part)) for round, part in zip(contest.rounds, shares.parts, strict=True)]
    return {
        "path": path_of(contest, PlanStep.QUESTIONS),
        "shares": rows,
        "left": len(shares.left),
        "misfits": list(_misfits(contest, shares)) if form.by_week else [],
    }


def spread_read(
    contest: Contest, form: QuestionImportForm, questions: Sequence[ParsedQuestion], texts: Sequence[QuestionText]
) -> str:
    """Give the rounds their shares as the form stands, and return the message about it."""
    shares = _shares(contest, form, questions)
    done = spread_questions(db.session, keyring(), actor(), contest, texts, shares, now=clock.now())
    message = str(_("Đã đưa câu hỏi vào %(n)s đợt.", n=len(done.rounds)))
    return f"{message} {_('%(n)s câu còn lại ở ngân hàng câu hỏi.', n=done.kept)}" if done.kept else message


def report_weeks(round: Round, parsed: Parsed) -> None:
    """Report that a file for one round names other weeks."""
    weeks = sorted({each.week for each in parsed.questions if each.week is not None})
    rounds = round.contest.rounds
    own = weeks_of_rounds([each.same_week for each in rounds])[rounds.index(round)]
    if weeks and weeks != [own]:
        named = ", ".join(map(str, weeks))
        parsed.doubtful(NOWHERE, _OTHER_WEEKS, weeks=named, round=round_words(round))


def _shares(contest: Contest, form: QuestionImportForm, questions: Sequence[ParsedQuestion]) -> Shares:
    return shares_for(
        contest,
        [question.week for question in questions],
        by_week=form.by_week,
        each=form.each.data if not form.each.errors else None,
        replaces=form.replaces,
        now=clock.now(),
    )


def _ranges(part: Sequence[int]) -> str:
    """Return the numbers of questions from 1 in words: "câu 1 đến 3, 7"."""
    found = []
    for _offset, run in groupby(enumerate(part), key=lambda pair: pair[1] - pair[0]):
        numbers = [at + 1 for _place, at in run]
        words = {"first": numbers[0], "last": numbers[-1]}
        found.append(str(_("%(first)s đến %(last)s", **words)) if len(numbers) > 1 else str(numbers[0]))
    return ", ".join(found)


def _misfits(contest: Contest, shares: Shares) -> Iterator[str]:
    """Yield what does not fit between the weeks of the file and those of the plan, a sentence each."""
    if shares.unknown:
        yield _("Lịch chỉ có %(n)s đợt, mà tệp có %(weeks)s.", n=len(contest.rounds), weeks=_counted(shares.unknown))
    if shares.taken:
        yield _("Đã có câu hỏi nên không nhận thêm: %(weeks)s.", weeks=_counted(shares.taken))
    if shares.unheaded:
        yield _("%(n)s câu đứng trước tuần đầu tiên trong tệp, chưa thuộc tuần nào.", n=shares.unheaded)
    if shares.blank:
        names = ", ".join(round_name(contest.rounds[at]) for at in shares.blank)
        yield _("Tệp không có câu nào cho: %(rounds)s.", rounds=names)
    if shares.is_uneven:
        yield _("Số câu của các đợt không bằng nhau.")


def _counted(weeks: Mapping[int, int]) -> str:
    return ", ".join(str(_("tuần %(week)s (%(n)s câu)", week=week, n=n)) for week, n in weeks.items())
