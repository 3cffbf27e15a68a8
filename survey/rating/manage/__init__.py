"""The staff's pages of ratings: sheets, inspection, rehearsals."""

from survey.rating.manage import imports, inspection, rehearsal

__all__ = ["imports", "inspection", "rehearsal"]
