"""A served instance on each database, and a crowd."""

from tests.support.ground import ground, visitor

__all__ = ["ground", "visitor"]
