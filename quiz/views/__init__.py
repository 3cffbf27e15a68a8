"""The participant's door: the contest, the paper, the receipt, the board and one's own result."""

from quiz.views import contest, entry, result, rights
from quiz.views.blueprint import blueprint

__all__ = ["blueprint", "contest", "entry", "result", "rights"]
