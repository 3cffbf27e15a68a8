"""The staff's pages of figures; importing the modules adds their pages to the blueprint."""

from survey.figures.manage import comments, counters, decisions, office, offices
from survey.figures.manage.office import back_link

__all__ = ["back_link", "comments", "counters", "decisions", "office", "offices"]
