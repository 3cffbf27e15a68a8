"""A served instance on each database, and fixtures of attackers."""

from tests.support.ground import ground, visitor

__all__ = ["ground", "visitor"]
