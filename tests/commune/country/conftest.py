"""Every test has the whole country in its database."""

from tests.support.country import template

__all__ = ["template"]
