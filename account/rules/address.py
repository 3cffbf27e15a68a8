"""What an e-mail address looks like: enough to catch a slip, not to prove that somebody reads it."""

import re

ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
LONGEST_ADDRESS = 254


def is_email(typed: str) -> bool:
    """Whether *typed* looks like an e-mail address (RFC 5321's lengths; no quoted parts, no spaces).

    >>> is_email("ten@xa.gov.vn"), is_email("a@b"), is_email("")
    (True, False, False)
    """
    return bool(ADDRESS.fullmatch(typed)) and len(typed) <= LONGEST_ADDRESS
