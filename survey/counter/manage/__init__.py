"""The staff's pages of offices, counters and posters."""

from survey.counter.manage import closing, counter, posters, rehearsal
from survey.counter.manage.office import blueprint

__all__ = ["blueprint", "closing", "counter", "posters", "rehearsal"]
