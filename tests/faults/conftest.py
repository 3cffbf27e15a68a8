"""A served instance on each database, and a crowd."""

from tests.support.served import served, visitor

__all__ = ["served", "visitor"]
