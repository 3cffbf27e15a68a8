"""The staff's home, the search of everything, and the page of data retention."""

from report.manage import home, retention, search

BLUEPRINTS = (home.blueprint, search.blueprint, retention.blueprint)

__all__ = ["BLUEPRINTS"]
