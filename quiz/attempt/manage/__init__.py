"""The organiser's pages of contests: editing, lifecycle, rehearsal, imports."""
