"""The staff's pages of figures; importing the modules adds their pages to the blueprint."""

from survey.figures.manage import decisions, office
from survey.figures.manage.office import back_link

__all__ = ["back_link", "decisions", "office"]
