"""A version of a round's results before it is stored."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.crypto import digest
from quiz.attempt.queries.origin import list_sheet_attempts
from quiz.attempt.rules.entry import EntryValue, at_the_limit
from quiz.contest.models import Round
from quiz.contest.rules.presets import Eligibility
from quiz.results.models import Exclusion, Result, StandingRow, Winner
from quiz.results.queries.barred import find_barred
from quiz.results.queries.result import list_winners
from quiz.results.rules.corrections import Seat
from quiz.results.rules.prizes import award, may_win
from quiz.results.rules.ranking import GuessedNumber, Standing, rank, target_of

Counted = Mapping[uuid.UUID, EntryValue]
"""The counted attempts by id, as `rules.ranking` takes them."""


@dataclass(frozen=True)
class Draft:
    """A version that is not stored: figures, the target A, standings, the attempt of each, and those left out.

    `limits_sheets` says that papers from sheets rank as if they had used the whole time.
    """

    target: GuessedNumber | None
    people: int
    perfect: int
    standings: Sequence[Standing]
    attempts: Mapping[str, str]
    without: frozenset[str]
    limits_sheets: bool = False

    @property
    def aim(self) -> object:
        """The target as it stands in digests: a count alone, a percentage with its people."""
        return self.target and (self.target.number if self.target.scale == 1 else tuple(self.target))


def draft_results(
    round: Round,
    counted: Counted,
    *,
    unranked: Collection[str] = (),
    without: Collection[str] = (),
    target: GuessedNumber | None = None,
    keeps: bool = False,
    limited: Collection[uuid.UUID] | None = None,
) -> Draft:
    """Rank *counted* except those *without* recognition, against a recomputed target A, or against *target* if *keeps*.

    Those *unranked* take part without a rank, as the contest declares. Figures of participation include everybody:
    turns, people and all-correct entries stay as counted. The target A, against which guesses are measured, counts
    ranked entries only. The attempts *limited* rank at the time limit; None where papers from sheets rank by their own
    times (decision 0039).
    """
    limited_refs = None if limited is None else {counted[id].ref for id in limited if id in counted}
    attempts = {value.ref: str(attempt_id) for attempt_id, value in counted.items()}
    return draft_of(
        round,
        counted.values(),
        attempts,
        unranked=unranked,
        without=without,
        target=target,
        keeps=keeps,
        limited=limited_refs,
    )


def draft_of(
    round: Round,
    entries: Iterable[EntryValue],
    attempts: Mapping[str, str],
    *,
    unranked: Collection[str] = (),
    without: Collection[str] = (),
    target: GuessedNumber | None = None,
    keeps: bool = False,
    limited: Collection[str] | None = None,
) -> Draft:
    """Do what `draft_results` does with *entries* whose *attempts* are given by participant, *limited* as well."""
    size, limit_ms = round.asked, round.limit_seconds * 1000
    values = [at_the_limit(value, limit_ms) if value.ref in (limited or ()) else value for value in entries]
    recognised = [value for value in values if value.ref not in without and value.ref not in unranked]
    right = sum(value.correct == size for value in recognised)
    aim = target if keeps else target_of(round.declared, perfect=right, people=len(recognised))
    return Draft(
        target=aim, people=len(values), perfect=sum(value.correct == size for value in values),
        standings=rank(recognised, round.declared.order, aim),
        attempts=attempts,
        without=frozenset(without), limits_sheets=limited is not None,
    )  # fmt: skip


def limited_in(session: Session, round: Round, result: Result) -> Collection[uuid.UUID] | None:
    """Return the attempts that rank at the limit in corrections of *result*: as at the close of the round."""
    return list_sheet_attempts(session, round) if result.limits_sheets else None


def seats_of(session: Session, round: Round, result: Result, draft: Draft) -> list[Seat]:
    """Return the seats by *draft*; people who were not reached in *result* are passed over."""
    passed = {str(winner.participant_id) for winner in list_winners(session, result) if winner.state == "passed"}
    tiers = [tier.value for tier in round.contest.tiers]
    rules = round.declared
    able = may_win(draft.standings, rules, size=round.asked, barred=find_barred(session, round))
    given = award(able, tiers, rules.ties, passed, rules.most_sharing)
    return [Seat(one.standing.entry.ref, one.standing.rank, one.tier.name if one.tier else None) for one in given]


def present_seats(session: Session, result: Result) -> list[Seat]:
    """Return the seats of *result*, without people who were not reached."""
    return [_seat(winner) for winner in list_winners(session, result) if winner.state != "passed"]


def digest_of(result: Result, draft: Draft, seats: Sequence[Seat]) -> str:
    """Return a digest of a preview: the corrected version, the target A, and every seat of the new list."""
    facts = [str(result.version), str(draft.aim), str(draft.perfect), str(len(draft.standings))]
    for seat in seats:
        facts += [seat.ref, str(seat.rank), seat.tier or ""]
    return digest(*facts).hex()[:32]


def unranked_in(session: Session, round: Round, counted: Counted) -> frozenset[str]:
    """Return those of *counted* who are not ranked in the closed *round*: who was is settled at the close.

    A roster or a confirmation that changes later brings no entry into a round that is ranked.
    """
    if round.declared.eligibility is Eligibility.CALL:
        return frozenset()
    standing = select(StandingRow.participant_id).where(StandingRow.round_id == round.id)
    left_out = select(Exclusion.participant_id).where(Exclusion.round_id == round.id)
    ranked = set(map(str, session.scalars(standing.union(left_out))))
    return frozenset(value.ref for value in counted.values() if value.ref not in ranked)


def excluded_in(session: Session, round: Round) -> dict[str, Exclusion]:
    """Return the exclusions in force in *round*, by the participant's ref."""
    query = select(Exclusion).where(Exclusion.round_id == round.id, Exclusion.until_version.is_(None))
    return {str(row.participant_id): row for row in session.scalars(query)}


def _seat(winner: Winner) -> Seat:
    return Seat(str(winner.participant_id), winner.rank, None if winner.needs_draw else winner.tier)
