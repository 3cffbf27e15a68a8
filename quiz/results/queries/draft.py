"""What a version of a round's results would say, before anything of it is stored."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.crypto import digest
from quiz.attempt.rules.entry import EntryValue
from quiz.contest.models import Round
from quiz.contest.rules.presets import GuessTarget, Rules
from quiz.contest.rules.prizes import Tier
from quiz.results.models import Exclusion, Result, Winner
from quiz.results.queries.result import list_winners
from quiz.results.rules.corrections import Seat
from quiz.results.rules.prizes import award
from quiz.results.rules.ranking import Standing, rank

Counted = Mapping[uuid.UUID, EntryValue]
"""The attempts that count, by their ids, as `rules.ranking` takes them."""


@dataclass(frozen=True)
class Draft:
    """A version that is not stored: the figures, A, the standings, whose attempt each is, who is left out."""

    target: int | None
    people: int
    perfect: int
    standings: Sequence[Standing]
    attempts: Mapping[str, uuid.UUID]
    without: frozenset[str]


def draft_results(
    round: Round, counted: Counted, *, without: Collection[str] = (), target: int | None = None, keeps: bool = False
) -> Draft:
    """Rank *counted* but for those *without* recognition, against A counted anew, or, if it *keeps*, *target*.

    The figures of participation tell everybody who took part: turns, people and all-correct papers stay as they were
    counted. A is what the guesses are measured against, so it counts recognised papers alone.
    """
    size = len(round.questions)
    values = list(counted.values())
    recognised = [value for value in values if value.ref not in without]
    right = sum(value.correct == size for value in recognised)
    aim = target if keeps else target_of(round.declared, perfect=right, people=len(recognised))
    return Draft(
        target=aim, people=len(values), perfect=sum(value.correct == size for value in values),
        standings=rank(recognised, round.declared.order, aim),
        attempts={value.ref: attempt_id for attempt_id, value in counted.items()}, without=frozenset(without),
    )  # fmt: skip


def target_of(rules: Rules, *, perfect: int, people: int) -> int | None:
    """A, what the guesses are measured against; None where the rules have no guess."""
    if rules.guess_target is GuessTarget.NONE:
        return None
    return perfect if rules.guess_target is GuessTarget.PERFECT else people


def seats_of(session: Session, round: Round, result: Result, draft: Draft) -> list[Seat]:
    """Who would be in line for which prize by *draft*: whoever was not reached in *result* still steps aside."""
    passed = {str(winner.participant_id) for winner in list_winners(session, result) if winner.state == "passed"}
    tiers = [Tier(tier.name, tier.quantity) for tier in round.contest.tiers]
    given = award(draft.standings, tiers, round.declared.ties, passed)
    return [Seat(one.standing.entry.ref, one.standing.rank, one.tier.name if one.tier else None) for one in given]


def present_seats(session: Session, result: Result) -> list[Seat]:
    """Who is in line by *result*, those who were not reached left out."""
    return [_seat(winner) for winner in list_winners(session, result) if winner.state != "passed"]


def digest_of(result: Result, draft: Draft, seats: Sequence[Seat]) -> str:
    """Tells what somebody was shown from anything else: the version corrected, A, and every seat of the new list."""
    told = [str(result.version), str(draft.target), str(draft.perfect), str(len(draft.standings))]
    for seat in seats:
        told += [seat.ref, str(seat.rank), seat.tier or ""]
    return digest(*told).hex()[:32]


def excluded_in(session: Session, round: Round) -> dict[str, Exclusion]:
    """The exclusions that hold in *round*, by the participant's ref."""
    query = select(Exclusion).where(Exclusion.round_id == round.id, Exclusion.until_version.is_(None))
    return {str(row.participant_id): row for row in session.scalars(query)}


def _seat(winner: Winner) -> Seat:
    return Seat(str(winner.participant_id), winner.rank, None if winner.needs_draw else winner.tier)
