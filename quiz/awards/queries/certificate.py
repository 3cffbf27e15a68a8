"""The codes of a round's certificates, and what a code certifies today."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from core.crypto import Keyring
from privacy.queries.consents import consenting
from quiz.awards.queries.naming import WinnerLine
from quiz.awards.rules.certificate_code import CertifiedLine, Sign, SignedLine, certificate_code, read_certificate
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.queries import phase_of
from quiz.contest.rules.consent import PARTICIPANT, Purpose
from quiz.contest.rules.schedule import Phase
from quiz.results.models import Result, SeasonAward, StandingRow, Winner
from quiz.results.queries.result import RoundOutcome, contacts_of, find_result
from quiz.results.queries.season_prizes import find_season_decision, season_outcome

_KEY, _SEASON_KEY = "certificate", "season-certificate"


@dataclass(frozen=True)
class Certificate:
    """The certified prize of a round, or of the whole contest, with the name and the unit as published.

    `name` is empty for a person who is not named in public; `initial` is then the letter that is, if any. `now` is the
    prize of that person in the newest results: another one, or None, after a correction.
    """

    contest: Contest
    day: datetime
    """When the prize was published."""
    prize: str
    unit: str
    name: str
    initial: str
    now: str | None
    round: Round | None = None
    """None for a prize of the whole contest."""

    @property
    def is_current(self) -> bool:
        """Whether the newest results still give this prize."""
        return self.now == self.prize


def code_of(keyring: Keyring, result: Result, line: WinnerLine) -> str:
    """Return the code of the certificate for a confirmed prize of *result*."""
    place = CertifiedLine(result.round_id, result.version, line.standing.position)
    return certificate_code(place, line.winner.tier or "", _sign(keyring))


def season_code(keyring: Keyring, award: SeasonAward) -> str:
    """Return the code of the certificate for a prize of the whole contest."""
    place = CertifiedLine(award.contest_id, award.version, award.position)
    return certificate_code(place, award.tier, keyring.signer(_SEASON_KEY))


def find_certificate(session: Session, keyring: Keyring, code: str, now: datetime) -> Certificate | None:
    """Return what *code* certifies; None for a code that was never given, or whose results are not public
    or those of a trial."""
    read = read_certificate(code)
    if read is None:
        return None
    return _of_round(session, keyring, read, now) or _of_season(session, keyring, read)


def _of_season(session: Session, keyring: Keyring, read: SignedLine) -> Certificate | None:
    """Return the prize of the whole contest that *read* is for, and what the newest decision gives that person."""
    award = session.get(SeasonAward, (read.line.round_id, read.line.version, read.line.position))
    if award is None or not read.is_for(award.tier, keyring.signer(_SEASON_KEY)):
        return None
    contest, person = session.get_one(Contest, award.contest_id), award.participant
    newest = find_season_decision(session, contest)
    if newest is None or contest.is_trial:
        return None
    mine = next((each for each in newest.awards if each.participant_id == person.id), None)
    outcome = season_outcome(session, keyring, contest, [award])
    return Certificate(
        contest,
        newest.decided_at,
        award.tier,
        person.unit.name,
        outcome.contacts[person.id].name if person.id in outcome.named & outcome.contacts.keys() else "",
        outcome.initials.get(person.id, ""),
        mine.tier if mine else None,
    )


def _of_round(session: Session, keyring: Keyring, read: SignedLine, now: datetime) -> Certificate | None:
    key = (read.line.round_id, read.line.version, read.line.position)
    standing = session.get(StandingRow, key, options=[joinedload(StandingRow.participant)])
    round = session.get(Round, read.line.round_id)
    if standing is None or round is None or round.contest.is_trial or phase_of(round, now) is not Phase.PUBLISHED:
        return None
    prize = _signed_prize(session, keyring, standing, read)
    return _certificate(session, keyring, round, standing, prize) if prize else None


def _signed_prize(session: Session, keyring: Keyring, standing: StandingRow, read: SignedLine) -> str | None:
    """Return the prize that the code was signed for, one of those that the person ever had in this round."""
    mine = (Winner.round_id == standing.round_id, Winner.participant_id == standing.participant_id)
    tiers = session.scalars(select(Winner.tier).where(*mine, Winner.tier.is_not(None)).distinct())
    return next((tier for tier in tiers if tier and read.is_for(tier, _sign(keyring))), None)


def _certificate(session: Session, keyring: Keyring, round: Round, standing: StandingRow, prize: str) -> Certificate:
    person = standing.participant
    result = find_result(session, round)
    seat = session.get(Winner, (round.id, result.version, person.id)) if result else None
    outcome = _outcome(session, keyring, person, seat)
    has_prize = seat is not None and seat.state == "confirmed" and not seat.needs_draw
    name = outcome.contacts[person.id].name if person.id in outcome.named & outcome.contacts.keys() else ""
    return Certificate(
        round.contest,
        round.published_at or round.results_at,
        prize,
        person.unit.name,
        name,
        outcome.initials.get(person.id, ""),
        seat.tier if seat and has_prize else None,
        round,
    )


def _outcome(session: Session, keyring: Keyring, person: Participant, seat: Winner | None) -> RoundOutcome:
    """Return who may be named, by the rule of the public pages."""
    ids = frozenset({person.id})
    agreed = consenting(session, PARTICIPANT, [person.id], Purpose.NAMED)
    return RoundOutcome([seat] if seat else [], [], contacts_of(session, keyring, [person]), ids, agreed)


def _sign(keyring: Keyring) -> Sign:
    return keyring.signer(_KEY)
