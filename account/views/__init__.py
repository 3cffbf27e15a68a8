"""The staff's door to accounts: signing in, and the resolver that tells `core.web.access` who may do what where."""

from account.views import first_run, sign_in
from account.views.blueprint import blueprint
from account.views.session import permitted_units

__all__ = ["blueprint", "first_run", "permitted_units", "sign_in"]
