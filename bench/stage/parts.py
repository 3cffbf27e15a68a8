"""Shared parts of the contests of the stage: submitting a paper, publishing a round, and pictures of questions."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from PIL import Image, ImageDraw
from sqlalchemy import select
from sqlalchemy.orm import Session

from commune.models import Unit
from core.crypto import Keyring
from core.images import redraw_photo
from quiz.attempt.operations.attempt import Submission, start_attempt, submit_attempt
from quiz.attempt.operations.evidence import Trace
from quiz.attempt.operations.helpers import name_helper
from quiz.attempt.queries.attempt import find_attempt
from quiz.bank.rules.parsed import PictureRef
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.operations.contest import QuestionText
from quiz.contest.operations.pictures import store_picture
from quiz.contest.operations.registration import Identity
from quiz.results.models import Result
from quiz.results.operations import closing
from quiz.results.queries.result import list_winners

Drawing = Callable[[ImageDraw.ImageDraw], None]
SAND = (251, 239, 207)
FAMILIES = ["Nguyễn", "Hoàng", "Ma", "Triệu", "Bàn", "Nông", "Lý", "Giàng", "Quan", "Đặng", "Chẩu"]
GIVENS = ["Văn An", "Thị Bình", "Văn Chiến", "Thị Dung", "A Páo", "Thị Khuyên", "Văn Sơn", "Thị Mùi", "Quốc Tuấn"]


def province_with_communes(session: Session) -> tuple[Unit, list[Unit]]:
    """Return the province of the stage and its first six communes, in the order of their codes."""
    province = session.scalars(select(Unit).where(Unit.code == "98")).one()
    communes = select(Unit).where(Unit.parent_id == province.id, Unit.kind == "commune").order_by(Unit.code).limit(6)
    return province, list(session.scalars(communes))


def identity(hazard: random.Random, youngest: int) -> Identity:
    """Return a person of an age drawn by lot, born in *youngest* at the latest."""
    name = f"{hazard.choice(FAMILIES)} {hazard.choice(GIVENS)}"
    phone = f"09{hazard.randrange(10_000_000, 99_999_999)}"
    return Identity(name=name, phone=phone, birth_year=hazard.choice([1958, 1971, 1983, 1990, youngest]))


def drawn_unit(contest: Contest, hazard: random.Random, weights: Sequence[int]) -> int:
    """Return a unit of *contest* drawn by lot, the first ones more often by their *weights*."""
    units = contest.units[: len(weights)]  # further ones have joined since
    return hazard.choices(units, weights[: len(units)])[0].unit_id


def question(
    text: str, choices: Sequence[str], why: str, pictures: Sequence[tuple[str, PictureRef]] = ()
) -> QuestionText:
    """Return a question with three choices, of which A is right."""
    lettered = [(letter, choice, letter == "A") for letter, choice in zip("ABC", choices, strict=True)]
    return QuestionText(text, lettered, why, pictures=tuple(pictures))


def submit(
    session: Session,
    keyring: Keyring,
    round: Round,
    person: Participant,
    *,
    started_at: datetime,
    seconds: float,
    receipt: str,
    correct: int = 3,
    guess: int = 12,
    trace: Trace | None = None,
    helper: str = "",
) -> None:
    """Submit a paper whose first *correct* answers are right, with the *helper* who entered it."""
    begun = start_attempt(session, round, person, now=started_at, trace=trace)
    session.flush()
    if helper:
        name_helper(session, keyring, begun.id, helper)
    found = find_attempt(session, begun.id)
    assert found is not None
    answers = {each.ref: frozenset("A" if each.position <= correct else "B") for each in round.questions}
    sent = Submission(answers, guess, receipt)
    submit_attempt(session, keyring, found, sent, now=started_at + timedelta(seconds=seconds))


def confirm_winners(session: Session, round: Round) -> Result:
    """Rank a round nine hours after its end and confirm each of its winners."""
    at = round.closes_at + timedelta(hours=9)
    result = closing.rank_round(session, round, now=at)
    assert result is not None
    for winner in list_winners(session, result):
        closing.apply_call(session, round, winner.participant_id, closing.Call.CONFIRM, now=at)
    return result


def publish(session: Session, round: Round) -> None:
    """Publish a round with its winners confirmed."""
    confirm_winners(session, round)
    closing.mark_published(session, round, now=round.closes_at + timedelta(hours=9))


def store_drawing(session: Session, draw: Drawing, today: date) -> str:
    """Store a picture for a question and return its digest."""
    picture = Image.new("RGB", (480, 300), SAND)
    draw(ImageDraw.Draw(picture))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return store_picture(session, redraw_photo(file.getvalue()), today=today)
