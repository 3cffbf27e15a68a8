"""The tables of contests, one noun per file."""

from quiz.contest.models.contest import REHEARSAL, Contest, ContestUnit, PrizeTier, Round
from quiz.contest.models.participant import Participant, ParticipantVersion, ParticipantWord
from quiz.contest.models.roster import RosterPerson
from quiz.contest.models.round_question import RoundQuestion

__all__ = [
    "REHEARSAL",
    "Contest",
    "ContestUnit",
    "Participant",
    "ParticipantVersion",
    "ParticipantWord",
    "PrizeTier",
    "RosterPerson",
    "Round",
    "RoundQuestion",
]
