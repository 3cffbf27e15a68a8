"""The terminal's door to surveys."""

from survey.cli import posters, ratings
from survey.cli.group import survey_cli

__all__ = ["posters", "ratings", "survey_cli"]
