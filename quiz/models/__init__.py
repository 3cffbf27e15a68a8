"""The tables of a contest, one noun a file, and the constraints that say what must never be."""

from quiz.models.attempt import AnswerSheet, Attempt, Entry, Tally
from quiz.models.consent import Consent
from quiz.models.contact import ContactOpening
from quiz.models.contest import Choice, Contest, ContestUnit, PrizeTier, Question, Round
from quiz.models.correction import Exclusion, KeyVersion
from quiz.models.participant import Participant, ParticipantVersion, ParticipantWord
from quiz.models.person_request import PersonRequest, RequestStep, RequestSubject
from quiz.models.result import Result, StandingRow, Winner

__all__ = [
    "AnswerSheet",
    "Attempt",
    "Choice",
    "Consent",
    "ContactOpening",
    "Contest",
    "ContestUnit",
    "Entry",
    "Exclusion",
    "KeyVersion",
    "Participant",
    "ParticipantVersion",
    "ParticipantWord",
    "PersonRequest",
    "PrizeTier",
    "Question",
    "RequestStep",
    "RequestSubject",
    "Result",
    "Round",
    "StandingRow",
    "Tally",
    "Winner",
]
