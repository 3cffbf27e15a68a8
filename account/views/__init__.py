"""The staff's pages of accounts: sign-in, one's own account, approvals, the audit trail, and the permission
resolver.
"""

from account.views import first_run, link, mine, sign_in
from account.views.pages import blueprint
from account.views.session import permitted_units, present_owner

__all__ = ["blueprint", "first_run", "link", "mine", "permitted_units", "present_owner", "sign_in"]
