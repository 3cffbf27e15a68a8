"""Check the form of an e-mail address, to catch typing errors; it does not prove that the address exists."""

import re

_NEVER = r"@\s,;:<>()\[\]\"\\"
ADDRESS = re.compile(rf"[^{_NEVER}]{{1,64}}@[^{_NEVER}.]+(\.[^{_NEVER}.]+)+")
LONGEST_ADDRESS = 254


def is_email(typed: str) -> bool:
    """Whether *typed* looks like an e-mail address (RFC 5321's lengths; no quoted parts, no spaces).

    Text that a mail header reads as two addresses, or that can't be printed, is refused: no letter could be sent to it,
    and one such approver would make every request fail.

    >>> is_email("ten@xa.gov.vn"), is_email("a@b"), is_email("")
    (True, False, False)
    >>> is_email("a,b@xa.gov.vn"), is_email("a\ue000@xa.gov.vn")
    (False, False)
    """
    return bool(ADDRESS.fullmatch(typed)) and typed.isprintable() and len(typed) <= LONGEST_ADDRESS
