"""Rebuild a round's tally from its attempts: at the close, after a correction, and where a check found it wrong."""

from datetime import date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from account.operations.audit import SYSTEM, Actor, record
from account.rules.chain import Plain
from core import clock
from core.db import changed_rows
from core.duties import Duty
from core.translation import gettext
from core.values.kept import kept
from core.values.numbers import thousands
from core.values.text import N_
from quiz.attempt.models import Tally
from quiz.attempt.queries.recount import MOST_NAMED, recount
from quiz.attempt.queries.tally_check import Cells, differences, list_doubtful, stored_cells
from quiz.contest.models import Round
from quiz.contest.models.contest import is_changeable
from quiz.contest.operations.audit_subjects import of_round
from quiz.contest.rules.actions import QuizAction

_RECOUNTED = kept(N_("Đếm lại: %(n)s đợt thi có số đếm lệch so với bài đã lưu, đã sửa theo bài và ghi vào nhật ký."))


def rebuild_tally(session: Session, round: Round) -> list[str]:
    """Count the round anew and replace its tally; return each cell that differed, in words (normally none).

    A person counts on the day of their first submitted attempt, a perfect entry on the day of the counted attempt. A
    participant erased while the round was open has no entry, and only their turns count.
    """
    session.flush()
    return replace_tally(session, round, recount(session, round).cells)


def replace_tally(session: Session, round: Round, counted: Cells) -> list[str]:
    """Replace the tally of *round* by what was *counted*; return the differences as `rebuild_tally` does."""
    stored = stored_cells(session, round)
    found = differences(stored, counted)
    if found or not stored:
        for row in session.scalars(select(Tally).where(Tally.round_id == round.id)):
            session.expunge(row)
        session.execute(delete(Tally).where(Tally.round_id == round.id))
        session.add_all(
            Tally(round_id=round.id, unit_id=unit_id, day=day, bloc=bloc, turns=turns, people=people, perfect=perfect)
            for (unit_id, day, bloc), (turns, people, perfect) in counted.items()
        )
        session.flush()
    return found


def recount_round(session: Session, actor: Actor, round: Round, *, now: datetime) -> list[str]:
    """Count a round that is not closed anew under its lock, replace a wrong tally, and record each difference.

    The close counts again by itself, and what is found here stays among the differences of its result
    (`list_alarms`). Returns the differences, in words; a closed round is left as it is.
    """
    still_open = update(Round).where(Round.id == round.id, is_changeable()).values(number=Round.number)
    if not changed_rows(session, still_open):  # a write, so that papers wait and nothing outdated is read
        return []
    found = rebuild_tally(session, round)
    if found:
        after: dict[str, Plain] = {"differences": len(found), "found": "\n".join(found[:MOST_NAMED])}
        record(session, actor, QuizAction.ROUND_RECOUNT, of_round(round), after=after, now=now)
    return found


def check_tallies(session: Session) -> Duty:
    """Count every round that is not closed; return the duty that counts the doubtful ones under their locks."""
    doubtful = list_doubtful(session)

    def mend(session: Session, _today: date) -> str:
        rounds = [session.get_one(Round, id) for id in doubtful]
        wrong = sum(bool(recount_round(session, SYSTEM, each, now=clock.now())) for each in rounds)
        return gettext(_RECOUNTED, n=thousands(wrong)) if wrong else ""

    return mend
