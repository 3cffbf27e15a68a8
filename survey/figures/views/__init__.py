"""The public pages of figures; importing the modules adds their pages to the blueprint."""

from survey.figures.views import compare, downloads, offices, picture, quarter, staff_trend
from survey.figures.views.office import back_link

__all__ = ["back_link", "compare", "downloads", "offices", "picture", "quarter", "staff_trend"]
