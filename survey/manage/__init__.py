"""The staff's door: offices, counters, posters, figures, comments, and sheets of ratings. A rating nobody can touch."""

from survey.manage import closing, editing, imports, inspection, office, posters, rehearsal
from survey.manage.blueprint import blueprint
from survey.manage.office import way_to

__all__ = ["blueprint", "closing", "editing", "imports", "inspection", "office", "posters", "rehearsal", "way_to"]
