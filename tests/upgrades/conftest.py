"""Single migrations with data; CI upgrades a whole kept instance instead (tests/house/test_upgrade.py)."""

import os

collect_ignore_glob = [] if os.environ.get("LONG") else ["test_*.py"]
"""The chain of migrations is walked down and up for each: minutes in all, on files that no longer change."""
