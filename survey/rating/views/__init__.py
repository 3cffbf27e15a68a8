"""The citizen's pages: rate a counter, look a receipt up."""

from survey.rating.views import receipt
from survey.rating.views.rate import blueprint

__all__ = ["blueprint", "receipt"]
