"""A served instance on each database, and a crowd."""

import os

from tests.support.served import served, visitor

__all__ = ["served", "visitor"]

collect_ignore = [] if os.environ.get("LONG") else ["test_power_cut.py"]
"""A hundred cuts take longer than CI should."""
