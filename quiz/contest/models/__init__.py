"""The tables of contests, one noun per file."""

from quiz.contest.models.amendment import RulesAmendment
from quiz.contest.models.card import CardBatch, EntryCard
from quiz.contest.models.contest import REHEARSAL, Contest, Round
from quiz.contest.models.contest_unit import ContestUnit
from quiz.contest.models.headcount import ContestHeadcount
from quiz.contest.models.nickname import Nickname
from quiz.contest.models.participant import Participant, ParticipantVersion, ParticipantWord
from quiz.contest.models.phone_code import PhoneCode, SmsDay
from quiz.contest.models.prize import Bloc, PrizeTier
from quiz.contest.models.question_report import QuestionReport
from quiz.contest.models.roster import RosterPerson
from quiz.contest.models.round_question import RoundQuestion
from quiz.contest.models.unit_request import UnitRequest

__all__ = [
    "REHEARSAL",
    "Bloc",
    "CardBatch",
    "Contest",
    "ContestHeadcount",
    "ContestUnit",
    "EntryCard",
    "Nickname",
    "Participant",
    "ParticipantVersion",
    "ParticipantWord",
    "PhoneCode",
    "PrizeTier",
    "QuestionReport",
    "RosterPerson",
    "Round",
    "RoundQuestion",
    "RulesAmendment",
    "SmsDay",
    "UnitRequest",
]
