"""A served instance on each database, and somebody who means no good."""

from tests.support.ground import ground, visitor

__all__ = ["ground", "visitor"]
