"""The organiser's door: contests, questions, and the one path from the close to the publication."""

from quiz.manage import contest, imports, rehearsal, requests, round
from quiz.manage.blueprint import blueprint

__all__ = ["blueprint", "contest", "imports", "rehearsal", "requests", "round"]
