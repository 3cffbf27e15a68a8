"""Letters about accounts: the link by which somebody comes in, or comes back."""

from datetime import datetime

from account.labels import ROLE
from account.models import Account
from core.messages.letters import Letter
from core.values.dates import moment
from core.web.extensions import settings
from core.web.letters import render_letter


def link_letter(account: Account, address: str, *, until: datetime, inviter: str, has_old: bool = True) -> Letter:
    """The letter with the link *address*: an invitation for whoever has not come yet, else a way back in.

    *has_old*: until then the password that they know works; a role beyond their units has ended it.
    """
    words = {"brand": settings().brand, "name": account.name, "link": address, "until": moment(until)}
    if not account.is_invited:
        return render_letter("password_reset", has_old=has_old, **words)
    roles = ", ".join(ROLE[grant.role] for grant in account.grants)
    return render_letter("invitation", inviter=inviter, role=roles, unit=account.unit.name, **words)
