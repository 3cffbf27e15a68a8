"""The list of contests: when each runs, its state, and how many people took part so far."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import render_template
from flask_babel import gettext as _

from core import clock
from core.values.dates import day, time_of_day
from core.values.week import local_date
from core.web.access import requires, scope, scope_of
from core.web.extensions import db
from core.web.paging import chosen, paging, searched
from quiz.attempt.queries.origin import people_by_round
from quiz.contest import labels
from quiz.contest import queries as contests
from quiz.contest.labels.rounds import how_late, round_name
from quiz.contest.manage import blueprint
from quiz.contest.models import Contest, Round
from quiz.contest.queries.agenda import count_by_agenda, list_by_agenda
from quiz.contest.rules.schedule import Agenda, ContestStage


@dataclass(frozen=True)
class ContestRow:
    """A contest as the list shows it.

    `people` took part in its latest round with entries, which `counted` names if there are several; None where the
    account may not see turnout, or nothing has opened yet.
    """

    contest: Contest
    first: date
    last: date
    state: str
    mark: str
    late: str
    people: int | None
    counted: str


@blueprint.get("/", endpoint="contests")
@requires("contest.see")
def contests_list() -> str:
    """List the contests of the account's units."""
    stage = chosen("tinh-trang", [each.value for each in ContestStage])
    now = clock.now()
    wanted = contests.Wanted(searched(), ContestStage(stage) if stage else None, now)
    counts = count_by_agenda(db.session, scope(), wanted=wanted, now=now)
    page = paging(sum(counts.values()), **{"tinh-trang": stage})
    groups = _groups(list_by_agenda(db.session, scope(), wanted=wanted, now=now, part=page.part), now)
    return render_template(
        "quiz/attempt/manage/contests.html",
        groups=groups,
        counts=counts,
        page=page,
        stage=stage,
        stage_label=labels.STAGE,
        agenda_label=labels.AGENDA,
    )


def _groups(placed: list[tuple[Agenda, Contest]], now: datetime) -> dict[Agenda, list[ContestRow]]:
    """Return the rows of the contests by their part of the agenda; all their turnout takes one statement."""
    groups: dict[Agenda, list[ContestRow]] = {}
    for (place, _contest), row in zip(placed, _rows([contest for _place, contest in placed], now), strict=True):
        groups.setdefault(place, []).append(row)
    return groups


def _rows(found: list[Contest], now: datetime) -> list[ContestRow]:
    running = contests.open_rounds(db.session, found, now)
    seen = scope_of("result.see")
    counting = [each for each in found if each.unit_id in seen and not each.is_rehearsal]
    people = people_by_round(db.session, [round.id for each in counting for round in each.rounds])
    counted = {each.id for each in counting}
    return [_row(each, running.get(each.id), people if each.id in counted else None, now) for each in found]


def _row(contest: Contest, running: Round | None, people: dict[int, int] | None, now: datetime) -> ContestRow:
    first = min(round.opens_at for round in contest.rounds)
    last = max(round.closes_at for round in contest.rounds) - timedelta(microseconds=1)  # midnight ends the day before
    with_people = [each for each in contest.rounds if each.id in (people or {})]
    latest = max(with_people, key=lambda each: each.number, default=running if people is not None else None)
    state, mark = state_now(contest, running, now)
    n = people.get(latest.id, 0) if latest and people is not None else None
    counted = round_name(latest) if latest and len(contest.rounds) > 1 else ""
    return ContestRow(contest, local_date(first), local_date(last), state, mark, _late(contest, now), n, counted)


def state_now(contest: Contest, running: Round | None, now: datetime) -> tuple[str, str]:
    """Return what *contest* is doing at *now*, in words, and the class of its mark."""
    if contest.called_off_at is not None:
        return _("Đã hủy"), "bad"
    if contest.is_rehearsal:
        return _("Đang diễn tập"), "warn"
    if contest.is_trial:
        return _("Tổng duyệt"), "warn"
    if contest.is_draft:
        return _("Bản nháp"), "warn"
    return _state_of_rounds(contest, running, now)


def _waiting_rounds(contest: Contest, now: datetime) -> list[Round]:
    return [each for each in contest.rounds if each.closes_at <= now and each.published_at is None]


def _late(contest: Contest, now: datetime) -> str:
    """Return how long the promised hour of the latest round that waits is past; empty without one."""
    waiting = [] if contest.is_draft or contest.is_rehearsal else _waiting_rounds(contest, now)
    return how_late(max((each.late_by(now) for each in waiting), default=timedelta(0)))


def _waiting(round: Round) -> str:
    """Return what an ended round waits for."""
    if round.closed_at is None:
        return str(_("%(round)s chờ chốt", round=round_name(round)))
    return str(_("%(round)s chờ công bố", round=round_name(round)))


def _all_waiting(rounds: list[Round]) -> str:
    """Return what the first two of the ended *rounds* wait for, and the number of the others."""
    words = [_waiting(each) for each in rounds[:2]]
    rest = len(rounds) - len(words)
    return " · ".join([*words, _("%(n)s đợt khác", n=rest)] if rest else words)


def _open(round: Round) -> str:
    return str(_("%(round)s đang mở", round=round_name(round)))


def _state_of_rounds(contest: Contest, running: Round | None, now: datetime) -> tuple[str, str]:
    """Return what the rounds of a public contest are doing: the open one, then those that wait for the organiser."""
    waiting = _waiting_rounds(contest, now)
    if waiting:
        words = _all_waiting(waiting)
        return _("%(one)s · %(other)s", one=_open(running), other=words) if running else words, "warn"
    if running is not None:
        return _open(running), "good"
    if all(round.published_at for round in contest.rounds):
        return _("Đã xong"), ""
    opens = min(each.opens_at for each in contest.rounds if each.opens_at > now)
    if local_date(opens) == local_date(now):
        return _("Mở lúc %(time)s hôm nay", time=time_of_day(opens)), ""
    return _("Mở từ ngày %(day)s", day=day(opens)), ""
