"""The citizen's pages: rate a counter, look up a receipt."""

from survey.rating.views import receipt
from survey.rating.views.rate import blueprint

__all__ = ["blueprint", "receipt"]
