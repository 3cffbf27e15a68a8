"""A version of a round's results before it is stored."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.crypto import digest
from quiz.attempt.queries.origin import find_sheet_entries
from quiz.attempt.rules.entry import EntryColumns
from quiz.contest.models import Round
from quiz.contest.rules.presets import Eligibility
from quiz.results.models import Exclusion, Result, StandingRow, Winner
from quiz.results.queries.barred import find_barred
from quiz.results.queries.draws import list_drawn
from quiz.results.queries.result import list_winners
from quiz.results.rules.corrections import Seat
from quiz.results.rules.prizes import award, front
from quiz.results.rules.ranking import GuessedNumber, Standing, Standings, rank_columns, target_of


@dataclass(frozen=True)
class Draft:
    """A version that is not stored: figures, the target A, standings with the attempt of each, and those left out.

    `limits_sheets` says that papers from sheets rank as if they had used the whole time.
    """

    target: GuessedNumber | None
    people: int
    perfect: int
    standings: Standings
    without: frozenset[str]
    limits_sheets: bool = False

    @property
    def aim(self) -> object:
        """The target as it stands in digests: a count alone, a percentage with its people."""
        return self.target and (self.target.number if self.target.scale == 1 else tuple(self.target))


def draft_results(
    round: Round,
    counted: EntryColumns,
    *,
    unranked: Collection[str] = (),
    without: Collection[str] = (),
    target: GuessedNumber | None = None,
    keeps: bool = False,
    limited: Collection[str] | None = None,
) -> Draft:
    """Rank *counted* except those *without* recognition, against a recomputed target A, or against *target* if *keeps*.

    Those *unranked* take part without a rank, as the contest declares. Figures of participation include everybody:
    turns, people and all-correct entries stay as counted. The target A, against which guesses are measured, counts
    ranked entries only. The entries *limited* rank at the time limit; None where papers from sheets rank by their own
    times (decision 0039).
    """
    size = round.asked
    recognised = counted.without({*without, *unranked}).limited(limited or (), round.limit_seconds * 1000)
    right = int((recognised.correct == size).sum())
    aim = target if keeps else target_of(round.declared, perfect=right, people=len(recognised))
    return Draft(
        target=aim,
        people=len(counted),
        perfect=int((counted.correct == size).sum()),
        standings=rank_columns(recognised, round.declared.order, aim),
        without=frozenset(without),
        limits_sheets=limited is not None,
    )


def limited_in(session: Session, round: Round, result: Result) -> Collection[str] | None:
    """Return the entries that rank at the limit in corrections of *result*: as at the close of the round."""
    return find_sheet_entries(session, round) if result.limits_sheets else None


def seats_of(session: Session, round: Round, result: Result, draft: Draft) -> list[Seat]:
    """Return the seats by *draft*; people who were not reached in *result* are passed over."""
    passed = {str(winner.participant_id) for winner in list_winners(session, result) if winner.state == "passed"}
    tiers = round.tiers
    rules = round.declared
    barred, able = find_barred(session, round), list[Standing]()
    for bloc, lines in draft.standings.parts:
        reach = sum(tier.quantity for tier in tiers if tier.bloc in (None, bloc)) + len(passed)
        mine = map(draft.standings.__getitem__, lines)
        able += front(mine, rules, reach, size=round.asked, barred=barred)
    given = award(able, tiers, rules.ties, passed, rules.most_sharing, list_drawn(session, round))
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


def unranked_in(session: Session, round: Round, counted: EntryColumns) -> frozenset[str]:
    """Return those of *counted* who are not ranked in the closed *round*: who was is settled at the close.

    A roster or a confirmation that changes later brings no entry into a round that is ranked.
    """
    if round.declared.eligibility is Eligibility.CALL:
        return frozenset()
    standing = select(StandingRow.participant_id).where(StandingRow.round_id == round.id)
    left_out = select(Exclusion.participant_id).where(Exclusion.round_id == round.id)
    ranked = set(map(str, session.scalars(standing.union(left_out))))
    return frozenset(ref for ref in counted.refs if ref not in ranked)


def excluded_in(session: Session, round: Round) -> dict[str, Exclusion]:
    """Return the exclusions in force in *round*, by the participant's ref."""
    query = select(Exclusion).where(Exclusion.round_id == round.id, Exclusion.until_version.is_(None))
    return {str(row.participant_id): row for row in session.scalars(query)}


def _seat(winner: Winner) -> Seat:
    return Seat(str(winner.participant_id), winner.rank, None if winner.needs_draw else winner.tier)
