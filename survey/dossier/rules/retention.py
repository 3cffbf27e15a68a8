"""The retention period of dossiers and of the samples drawn from them."""

DOSSIER_DAYS = 3 * 365
"""Three years: the year before is compared with, and an inspection looks two years back."""
