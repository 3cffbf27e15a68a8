"""The codes of a round's certificates, and what a code certifies today."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from core.crypto import Keyring
from privacy.queries.consents import consenting
from quiz.awards.queries.naming import WinnerLine
from quiz.awards.rules.certificate_code import CertifiedLine, Sign, SignedLine, certificate_code, read_certificate
from quiz.contest.models import Participant, Round
from quiz.contest.queries import phase_of
from quiz.contest.rules.consent import PARTICIPANT, Purpose
from quiz.contest.rules.schedule import Phase
from quiz.results.models import Result, StandingRow, Winner
from quiz.results.queries.result import RoundOutcome, contacts_of, find_result

_KEY = "certificate"


@dataclass(frozen=True)
class Certificate:
    """The certified prize of a round, with the name and the unit as published.

    `name` is empty for a person who is not named in public; `initial` is then the letter that is, if any. `now` is the
    prize of that person in the newest results: another one, or None, after a correction.
    """

    round: Round
    prize: str
    unit: str
    name: str
    initial: str
    now: str | None

    @property
    def is_current(self) -> bool:
        """Whether the newest results still give this prize."""
        return self.now == self.prize


def code_of(keyring: Keyring, result: Result, line: WinnerLine) -> str:
    """Return the code of the certificate for a confirmed prize of *result*."""
    place = CertifiedLine(result.round_id, result.version, line.standing.position)
    return certificate_code(place, line.winner.tier or "", _sign(keyring))


def find_certificate(session: Session, keyring: Keyring, code: str, now: datetime) -> Certificate | None:
    """Return what *code* certifies; None for a code that was never given, or whose results are not public
    or those of a trial."""
    read = read_certificate(code)
    if read is None:
        return None
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
        round,
        prize,
        person.unit.name,
        name,
        outcome.initials.get(person.id, ""),
        seat.tier if seat and has_prize else None,
    )


def _outcome(session: Session, keyring: Keyring, person: Participant, seat: Winner | None) -> RoundOutcome:
    """Return who may be named, by the rule of the public pages."""
    ids = frozenset({person.id})
    agreed = consenting(session, PARTICIPANT, [person.id], Purpose.NAMED)
    return RoundOutcome([seat] if seat else [], [], contacts_of(session, keyring, [person]), ids, agreed)


def _sign(keyring: Keyring) -> Sign:
    return keyring.signer(_KEY)
