"""The published figures of Lâm Bình 2023, and the check that the rebuilt contest has exactly the same."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.values.numbers import thousands
from demo.units import TOWNSHIP
from quiz.awards.queries.collective import find_decision
from quiz.contest.models import Contest, Round
from quiz.results.models import Winner
from quiz.results.queries.season_prizes import find_season_decision
from quiz.results.queries.turnout import perfect_of_contest, turnout_of_contest

TURNS = 11_963
PERFECT = 3_914
WEEKS = 8
WINNERS = 5
TURNS_BY_UNIT = {"xã Xuân Lập": 5_821, "xã Phúc Yên": 1_827, "xã Thượng Lâm": 1_179, TOWNSHIP: 1_008}
FIRST_UNIT = "xã Xuân Lập"
"""The first prize of units, by participation."""
OTHERS = TURNS - sum(TURNS_BY_UNIT.values())
"""2.128 of all other units together, each of them below the smallest one that was named."""


class Differs(Exception):
    """The rebuilt contest differs from what was published, which is a mistake in the demo."""


def check(session: Session, contest: Contest) -> list[str]:
    """Return each published figure beside the database's; raises `Differs` unless all agree."""
    figures = compare(session, contest)
    lines = [
        f"  {name:<52}{thousands(said):>8}{thousands(found):>8}  {'khớp' if said == found else 'LỆCH'}"
        for name, said, found in figures
    ]
    if any(said != found for _, said, found in figures):
        raise Differs("\n".join(lines))
    return lines


def compare(session: Session, contest: Contest) -> list[tuple[str, int, int]]:
    """Return rows of (title, published, found)."""
    board = turnout_of_contest(session, contest)
    turns = {row.unit.name: row.turns for row in board.rows}
    others = [count for name, count in turns.items() if name not in TURNS_BY_UNIT]
    smallest = min(TURNS_BY_UNIT.values())
    return [
        ("Số tuần thi", WEEKS, len(contest.rounds)),
        ("Lượt dự thi", TURNS, board.turns),
        ("Bài trả lời đúng tất cả", PERFECT, perfect_of_contest(session, contest)),
        *((f"Lượt dự thi: {name}", count, turns.get(name, 0)) for name, count in TURNS_BY_UNIT.items()),
        ("Lượt dự thi: các xã còn lại", OTHERS, sum(others)),
        (f"Số xã còn lại có dưới {thousands(smallest)} lượt", len(others), sum(count < smallest for count in others)),
        ("Giải Nhất tuần đã trao", WEEKS, _first_prizes(session, contest, distinct=False)),
        ("Số cá nhân đạt giải Nhất tuần", WINNERS, _first_prizes(session, contest, distinct=True)),
        ("Giải Nhất cá nhân cả cuộc thi", 1, _season_prizes(session, contest)),
        (f"Giải Nhất tập thể: {FIRST_UNIT}", 1, _unit_prizes(session, contest, FIRST_UNIT)),
    ]


def _first_prizes(session: Session, contest: Contest, *, distinct: bool) -> int:
    column = Winner.participant_id.distinct() if distinct else Winner.participant_id
    query = select(func.count(column)).join(Round, Round.id == Winner.round_id)
    return session.scalar(query.where(Round.contest_id == contest.id, Winner.state == "confirmed")) or 0


def _season_prizes(session: Session, contest: Contest) -> int:
    """Return how many people have a prize for the whole contest."""
    decision = find_season_decision(session, contest)
    return len(decision.awards) if decision else 0


def _unit_prizes(session: Session, contest: Contest, name: str) -> int:
    """Return how many prizes of units the unit of this *name* has, 0 if another unit has one too."""
    decision = find_decision(session, contest)
    names = [award.unit.name for award in decision.awards] if decision else []
    return len(names) if set(names) == {name} else 0
