"""The tables of a contest, one noun a file, and the constraints that say what must never be."""

from quiz.models.attempt import AnswerSheet, Attempt, Entry, Tally
from quiz.models.contact import ContactOpening
from quiz.models.contest import Choice, Contest, ContestUnit, PrizeTier, Question, Round
from quiz.models.participant import Participant, ParticipantWord
from quiz.models.result import Result, StandingRow, Winner

__all__ = [
    "AnswerSheet",
    "Attempt",
    "Choice",
    "ContactOpening",
    "Contest",
    "ContestUnit",
    "Entry",
    "Participant",
    "ParticipantWord",
    "PrizeTier",
    "Question",
    "Result",
    "Round",
    "StandingRow",
    "Tally",
    "Winner",
]
