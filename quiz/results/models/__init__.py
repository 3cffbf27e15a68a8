"""The tables of results, one noun per file."""

from quiz.results.models.answers import RoundAnswers
from quiz.results.models.call import MissedCall
from quiz.results.models.claim import PrizeClaim
from quiz.results.models.contact import ContactOpening
from quiz.results.models.correction import Exclusion, KeyVersion
from quiz.results.models.draw import Draw
from quiz.results.models.objection import Objection
from quiz.results.models.people import UnitPeople
from quiz.results.models.renaming import Renaming
from quiz.results.models.result import Result, StandingRow, Winner
from quiz.results.models.review import ClusterEntry, EntryCluster, RoundReview
from quiz.results.models.season import SeasonAward, SeasonCall, SeasonDecision

__all__ = [
    "ClusterEntry",
    "ContactOpening",
    "Draw",
    "EntryCluster",
    "Exclusion",
    "KeyVersion",
    "MissedCall",
    "Objection",
    "PrizeClaim",
    "Renaming",
    "Result",
    "RoundAnswers",
    "RoundReview",
    "SeasonAward",
    "SeasonCall",
    "SeasonDecision",
    "StandingRow",
    "UnitPeople",
    "Winner",
]
