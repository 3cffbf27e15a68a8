"""Forms of participants' own page, and of the deletion of a contest's personal data."""
