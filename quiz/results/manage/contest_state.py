"""The state of a contest in lines under its name, each with the deed that waits for the organiser."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.values.dates import day
from quiz.contest.labels.rounds import how_late, round_name, round_words
from quiz.contest.models import Contest, Round
from quiz.contest.rules.schedule import Phase, time_left
from quiz.results.queries.objections import count_waiting, find_period

WAITING = (Phase.ENDED, Phase.CLOSED)


@dataclass(frozen=True)
class StateLine:
    """The state of one round in words, how late it is, and the button of its next deed; no label where none waits."""

    words: str
    late: str = ""
    label: str = ""
    address: str = ""


def contest_now(
    contest: Contest,
    rounds: list[tuple[Round, Phase]],
    now: datetime,
    *,
    reviewing: Collection[int],
    afterwards: Sequence[StateLine],
) -> list[StateLine]:
    """Return the state of a public contest whose rounds have these phases; nothing where there is none to say.

    The rounds that wait come first, the longest overdue before all; *reviewing* are the numbers of those with clusters
    to decide on. The lines of published rounds *afterwards* come after those.
    """
    if contest.is_draft or contest.called_off_at is not None or not rounds:
        return []
    waiting = sorted((each for each in rounds if each[1] in WAITING), key=lambda each: each[0].results_at)
    lines = [_waiting(round, phase, now, is_reviewed=round.number in reviewing) for round, phase in waiting]
    lines += afterwards
    lines += [_open(round, now) for round, phase in rounds if phase is Phase.OPEN]
    if lines:
        return lines
    coming = next((round for round, phase in rounds if phase is Phase.UPCOMING), None)
    if coming is None:
        return [StateLine(_("Mọi đợt đã công bố"))]
    return [StateLine(_("%(round)s mở ngày %(day)s", round=round_name(coming), day=day(coming.opens_at)))]


def afterwards_of(session: Session, rounds: list[tuple[Round, Phase]], now: datetime) -> list[StateLine]:
    """Return the lines of the published rounds with objections to answer, or with results to make final."""
    published = [round for round, phase in rounds if phase is Phase.PUBLISHED and round.finalised_at is None]
    answers = count_waiting(session) if published else {}
    return [line for each in published if (line := _after(session, each, answers.get(each.id, 0), now))]


def _after(session: Session, round: Round, waiting: int, now: datetime) -> StateLine | None:
    name = round_name(round)
    if waiting:
        words = _("%(round)s: %(n)s khiếu nại chờ trả lời", round=name, n=waiting)
        return StateLine(words, label=_("Trả lời khiếu nại"), address=_at(round, "objections"))
    period = find_period(session, round, now)
    if period is None or period.is_open:
        return None
    address = f"{_at(round, 'objections')}#chinh-thuc"
    words = _("%(round)s hết hạn khiếu nại, chờ kết quả chính thức", round=name)
    return StateLine(words, label=_("Chốt kết quả chính thức"), address=address)


def _waiting(round: Round, phase: Phase, now: datetime, *, is_reviewed: bool) -> StateLine:
    """Return the line of a round that ended: to be closed, reviewed, published, or to appear at an agreed hour."""
    name, inside, late = round_name(round), round_words(round), how_late(round.late_by(now))
    if phase is Phase.ENDED:
        return StateLine(
            _("%(round)s chờ chốt", round=name), late, _("Chốt %(round)s", round=inside), _at(round, "close")
        )
    if is_reviewed:
        label = _("Rà soát %(round)s", round=inside)
        return StateLine(_("%(round)s chờ rà soát", round=name), late, label, _at(round, "clusters"))
    if round.published_at is not None:
        return StateLine(_("%(round)s đã được đồng ý công bố, chờ đến giờ", round=name))
    label = _("Làm tiếp %(round)s", round=inside)
    return StateLine(_("%(round)s chờ công bố", round=name), late, label, _at(round, "round"))


def _open(round: Round, now: datetime) -> StateLine:
    return StateLine(_("%(round)s đang mở, %(left)s", round=round_name(round), left=_left(round, now)))


def _at(round: Round, view: str) -> str:
    return url_for(f"quiz_manage.{view}", slug=round.contest.slug, number=round.number)


def _left(round: Round, now: datetime) -> str:
    left = time_left(round.closes_at, now)
    if left.days:
        return str(_("còn %(n)s ngày", n=left.days))
    return str(_("còn %(n)s giờ", n=left.hours) if left.hours else _("còn %(n)s phút", n=left.minutes))
