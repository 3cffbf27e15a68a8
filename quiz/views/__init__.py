"""The participant's door: the contest, the paper, the receipt, the board and one's own result."""

from quiz.views import contest, entry, result, rights
from quiz.views.blueprint import blueprint
from quiz.views.contest import way_to

__all__ = ["blueprint", "contest", "entry", "result", "rights", "way_to"]
