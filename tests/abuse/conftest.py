"""A served instance on each database, and fixtures of attackers."""

from tests.support.served import served, visitor

__all__ = ["served", "visitor"]
