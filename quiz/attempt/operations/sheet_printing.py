"""Print paper sheets of a round: for anybody, or each for one participant."""

import hashlib
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from account.rules.chain import Plain
from commune.models import Unit
from core.crypto import Keyring
from core.values.language import use
from quiz.attempt.models import PaperPrint, PaperSheet
from quiz.attempt.operations.attempt import RoundNotOpen
from quiz.attempt.queries.named_sheets import list_named_sheets, list_untried
from quiz.attempt.queries.paper import find_paper
from quiz.attempt.queries.printed import decode, list_blank_sheets, print_of
from quiz.contest.models import Participant, Round
from quiz.contest.operations.audit_subjects import of_round
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.schedule import Phase


class NotPublicYet(Exception):
    """The contest is a draft, whose address and questions still change."""


def print_sheets(session: Session, actor: Actor, round: Round, quantity: int, *, now: datetime) -> list[PaperSheet]:
    """Add *quantity* sheets to *round*, keep what they are printed from, and record it; each will take one paper.

    Raises:
        RoundNotOpen: the round has closed, so that no sheet could be filled in before that, or has no questions.
        NotPublicYet: the contest is a draft and no trial.
    """
    _lock(session, round, now)
    sheets = _add_sheets(session, round, [None] * quantity, now=now)
    record(session, actor, QuizAction.PAPER_PRINT, of_round(round), after={"sheets": quantity}, now=now)
    return sheets


def reprint_sheets(
    session: Session, keyring: Keyring, actor: Actor, round: Round, first: int, last: int, *, now: datetime
) -> list[PaperSheet]:
    """Return the sheets for anybody from number *first* to *last* that can still be keyed in, and record it.

    Each stays the same sheet, which takes one paper. Where there is none, nothing is recorded.

    Raises:
        RoundNotOpen, NotPublicYet: as `print_sheets`.
    """
    _lock(session, round, now)
    sheets = [each for each in list_blank_sheets(session, keyring, round) if first <= each.number <= last]
    if sheets:
        after: dict[str, Plain] = {"sheets": len(sheets), "again": True}
        record(session, actor, QuizAction.PAPER_PRINT, of_round(round), after=after, now=now)
    return sheets


def print_named_sheets(
    session: Session,
    keyring: Keyring,
    actor: Actor,
    round: Round,
    unit: Unit,
    *,
    reason: str,
    again: bool,
    most: int,
    now: datetime,
) -> list[PaperSheet]:
    """Return a sheet for each participant of *unit* without an attempt in *round*, at *most* so many, and record it
    with the *reason*, since names are read.

    A person has one sheet, which is the same one when it is printed *again*; else those who have one are left out.
    Without anybody to print for nothing is recorded.

    Raises:
        RoundNotOpen, NotPublicYet: as `print_sheets`.
    """
    _lock(session, round, now)
    people = list_untried(session, round, unit)
    stored = list_named_sheets(session, round, people)
    kept = {each.printed_for_id: each for each in stored if not decode(session, keyring, each).is_outdated}
    fresh = [each for each in people if each.id not in kept][:most]
    sheets = _add_sheets(session, round, fresh, now=now) if fresh else []
    if again:
        sheets = [*sheets, *kept.values()][:most]
    after: dict[str, Plain] = {"sheets": len(sheets), "unit": unit.name}
    if sheets:
        record(session, actor, QuizAction.PAPER_PRINT, of_round(round), after=after, reason=reason, now=now)
    return sheets


def _lock(session: Session, round: Round, now: datetime) -> None:
    session.refresh(round, with_for_update={"key_share": True})
    is_over = round.is_frozen or now >= round.closes_at
    if is_over or not round.questions or round.contest.called_off_at is not None:
        raise RoundNotOpen(Phase.CLOSED)
    if not round.contest.takes_papers:
        raise NotPublicYet


def _add_sheets(
    session: Session, round: Round, people: Collection[Participant | None], *, now: datetime
) -> list[PaperSheet]:
    """Add a sheet for each of *people* to *round*, whose row is locked, so that no number is given twice."""
    printed = _keep_print(session, round, now)
    last = session.scalar(select(func.max(PaperSheet.number)).where(PaperSheet.round_id == round.id)) or 0
    sheets = [
        PaperSheet(round=round, printed=printed, number=last + at, printed_for=person)
        for at, person in enumerate(people, start=1)
    ]
    session.add_all(sheets)
    session.flush()
    return sheets


def _keep_print(session: Session, round: Round, now: datetime) -> PaperPrint:
    """Return what sheets of *round* are printed from now: stored before, or from now on."""
    with use("vi"):
        content = print_of(find_paper(session, round.id, round.paper_version), round.declared).to_text()
    digest = hashlib.sha256(content.encode()).digest()
    same = (PaperPrint.round_id == round.id, PaperPrint.digest == digest)
    found = session.scalar(select(PaperPrint).where(*same))
    return found or PaperPrint(round_id=round.id, digest=digest, content=content, made_at=now)
