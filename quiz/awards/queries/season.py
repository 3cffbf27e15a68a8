"""The prizes of people for the whole contest as they would be decided now."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from core.crypto import digest
from quiz.awards.queries.collective import list_unready
from quiz.awards.rules.season import SeasonPlace, season_awards, season_forgone
from quiz.boards.queries.season import SeasonLine, read_front
from quiz.contest.models import Contest, Participant
from quiz.contest.rules.presets import Rules
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.season import SeasonTotal
from quiz.results.models import Draw, SeasonCall, SeasonDecision
from quiz.results.operations.versions import is_confirmed
from quiz.results.queries.barred import find_done
from quiz.results.queries.draws import list_season_draws
from quiz.results.queries.season_prizes import list_season_calls
from quiz.results.queries.tie_groups import TieGroups, tie_groups
from quiz.results.rules.draws import DrawOrder
from quiz.results.rules.prizes import Award, groups_to_draw


@dataclass(frozen=True)
class SeasonSeat:
    """A person in line for a prize of the whole contest: `state` is pending, confirmed, or passed."""

    line: SeasonLine
    tier: Tier | None
    needs_draw: bool
    state: str
    call: SeasonCall | None = None
    draw: int | None = None

    @property
    def participant(self) -> Participant:
        """The person."""
        return self.line.participant

    @property
    def participant_id(self) -> uuid.UUID:
        """The id of the person."""
        return self.line.participant.id

    @property
    def rank(self) -> int:
        """Their rank over the whole contest, in their bloc."""
        return self.line.rank

    @property
    def total(self) -> SeasonTotal:
        """The sums of their rounds."""
        return self.line.total

    @property
    def prize(self) -> str:
        """The prize with its bloc; empty where it waits for a draw."""
        return self.participant.contest.prize_words(self.tier.name if self.tier else None, self.participant.bloc)

    @property
    def is_silenced(self) -> bool:
        """Whether there is no number to call: their data are restricted or erased."""
        return self.participant.restricted_at is not None or self.participant.person_id is None


@dataclass(frozen=True)
class SeasonDraft:
    """The people in line for the prizes of the whole contest, best first in each bloc, and those passed over.

    `unready` are the rounds that are not published, or not final. `barred` have as many prizes as the rules allow.
    """

    seats: Sequence[SeasonSeat]
    barred: Sequence[SeasonLine]
    unready: Sequence[int]
    ties: TieGroups
    lines: Mapping[str, SeasonLine]
    """Everybody who was read, by ref: those of equal rank who drew nothing are no seats."""
    digest: str = ""

    @property
    def winners(self) -> list[SeasonSeat]:
        """Those who get a prize: confirmed, and waiting for no draw."""
        return [each for each in self.seats if each.state == "confirmed" and not each.needs_draw and each.tier]

    @property
    def pending(self) -> list[SeasonSeat]:
        """Those who are still to be called."""
        return [each for each in self.seats if each.state == "pending" and not each.needs_draw]

    @property
    def passed(self) -> list[SeasonSeat]:
        """Those whose prize goes to the next one."""
        return [each for each in self.seats if each.state == "passed"]

    @property
    def draws(self) -> int:
        """How many people wait for the public draw."""
        return sum(each.needs_draw for each in self.seats)

    def find(self, participant_id: uuid.UUID) -> SeasonSeat | None:
        """Return the seat of a person; None for one who is not in line."""
        return next((each for each in self.seats if each.participant_id == participant_id), None)


def draft_season(session: Session, contest: Contest, now: datetime) -> SeasonDraft | None:
    """Return the prizes of the whole contest by the standings of its rounds; None without such prizes, or while a round
    has no results.
    """
    tiers, rules = [tier.value for tier in contest.season_tiers], Rules.from_dict(contest.rules)
    if not tiers or any(round.closed_at is None for round in contest.rounds):
        return None
    calls, done = list_season_calls(session, contest), find_done(session, contest)
    passed = {str(id) for id, call in calls.items() if call.state == "passed"}
    lines = _front(session, contest, tiers, len(done) + len(passed))
    draws = list_season_draws(session, contest)
    seats = _Seats(contest, rules, tiers, lines, passed, done, [each.value for each in draws])
    listed = _with_states(seats, calls)
    barred = [lines[ref] for ref in lines if ref in done]
    draft = SeasonDraft(listed, barred, list_unready(contest, now), _ties(contest, seats, draws), lines)
    return replace(draft, digest=_digest(rules, draft))


def is_outdated(session: Session, decision: SeasonDecision, contest: Contest, now: datetime) -> bool:
    """Return whether the standings, calls or names have changed since *decision*."""
    draft = draft_season(session, contest, now)
    return draft is None or draft.digest != decision.digest


def _front(session: Session, contest: Contest, tiers: Sequence[Tier], beyond: int) -> dict[str, SeasonLine]:
    """Return by ref the lines of each bloc down to its last prize and so many *beyond*."""
    found: dict[str, SeasonLine] = {}
    for bloc in contest.numbered_blocs:
        prizes = sum(tier.quantity for tier in tiers if tier.bloc in (None, bloc))
        lines = read_front(session, contest, contest.rounds, bloc, prizes + beyond) if prizes else []
        found |= {str(line.participant.id): line for line in lines}
    return found


@dataclass(frozen=True)
class _Seats:
    """The lines, rules, calls and draws by which the prizes of the whole contest are given."""

    contest: Contest
    rules: Rules
    tiers: Sequence[Tier]
    lines: Mapping[str, SeasonLine]
    passed: set[str]
    done: frozenset[str]
    draws: Sequence[DrawOrder]

    @property
    def places(self) -> list[SeasonPlace]:
        """Those who may take a prize."""
        return [
            SeasonPlace(ref, line.rank, line.total.score, line.participant.bloc)
            for ref, line in self.lines.items()
            if ref not in self.done
        ]

    def awards(self, draws: Sequence[DrawOrder] | None = None) -> list[Award]:
        """Return the prizes by the recorded draws, or by *draws* in place of them."""
        given = self.draws if draws is None else draws
        return season_awards(self.places, self.tiers, self.rules, passed=self.passed, draws=given)

    def missed(self) -> list[Award]:
        """Return the prizes that those passed over would have had."""
        found = season_forgone(self.places, self.tiers, self.rules, passed=self.passed, draws=self.draws)
        return list(found.values())


def _with_states(seats: _Seats, calls: Mapping[uuid.UUID, SeasonCall]) -> list[SeasonSeat]:
    """Return everybody in line with the result of their call; of several on one phone the first alone is spared it."""
    found, phones = list[SeasonSeat](), set[bytes | None]()
    given = sorted([*seats.awards(), *seats.missed()], key=lambda each: _order(each))
    for each in given:
        line = seats.lines[each.standing.entry.ref]
        person, call = line.participant, calls.get(line.participant.id)
        is_known = is_confirmed(person, seats.rules) and person.phone_hash not in phones
        phones.add(person.phone_hash)
        state = call.state if call and call.state != "missed" else "confirmed" if is_known else "pending"
        found.append(SeasonSeat(line, each.tier, each.needs_draw, state, call, each.draw))
    return found


def _order(award: Award) -> tuple[int, int]:
    return award.standing.entry.bloc or 0, award.standing.rank


def _ties(contest: Contest, seats: _Seats, draws: Sequence[Draw]) -> TieGroups:
    """Return the groups that wait for the public draw, and those that a recorded one decided."""
    whole = groups_to_draw(seats.awards(())) if draws else []
    return tie_groups(f"season:{contest.id}", groups_to_draw(seats.awards()), whole, draws)


def _digest(rules: Rules, draft: SeasonDraft) -> str:
    """Return the digest of what a second person agrees to; it changes with a seat, a prize, a sum or a name."""
    facts = [str(rules.season.to_dict())]
    for each in draft.seats:
        why = each.call.why if each.call else ""
        facts.append(f"{each.participant_id} {each.rank} {each.tier} {each.state} {each.needs_draw} {why}")
        facts += [str(rules.season.key(each.total)), (each.participant.sealed or b"").hex()]
    return digest(*facts).hex()[:32]
