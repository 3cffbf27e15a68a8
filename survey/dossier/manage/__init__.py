"""The staff's pages of dossiers; importing the modules adds their pages to the blueprint."""

from survey.dossier.manage import gaps, imports, sample, summary, total

__all__ = ["gaps", "imports", "sample", "summary", "total"]
