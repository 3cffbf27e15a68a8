"""The citizen's pages: rate a counter, add to the rating, look up a receipt."""

from survey.rating.views import add, receipt, typed
from survey.rating.views.rate import blueprint

__all__ = ["add", "blueprint", "receipt", "typed"]
