"""The tables of results, one noun per file."""

from quiz.results.models.contact import ContactOpening
from quiz.results.models.correction import Exclusion, KeyVersion
from quiz.results.models.people import UnitPeople
from quiz.results.models.renaming import Renaming
from quiz.results.models.result import Result, StandingRow, Winner

__all__ = ["ContactOpening", "Exclusion", "KeyVersion", "Renaming", "Result", "StandingRow", "UnitPeople", "Winner"]
