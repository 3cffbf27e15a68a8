"""Commands of counters and posters."""

from survey.counter.cli import posters
from survey.counter.cli.group import survey_cli

__all__ = ["posters", "survey_cli"]
