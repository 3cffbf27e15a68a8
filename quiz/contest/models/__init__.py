"""The tables of a contest, one noun a file, and the constraints that say what must never be."""

from quiz.contest.models.consent import Consent
from quiz.contest.models.contest import REHEARSAL, Contest, ContestUnit, PrizeTier, Round
from quiz.contest.models.participant import Participant, ParticipantVersion, ParticipantWord
from quiz.contest.models.person_request import PersonRequest, RequestStep, RequestSubject
from quiz.contest.models.roster import RosterPerson
from quiz.contest.models.round_question import RoundQuestion

__all__ = [
    "REHEARSAL",
    "Consent",
    "Contest",
    "ContestUnit",
    "Participant",
    "ParticipantVersion",
    "ParticipantWord",
    "PersonRequest",
    "PrizeTier",
    "RequestStep",
    "RequestSubject",
    "RosterPerson",
    "Round",
    "RoundQuestion",
]
