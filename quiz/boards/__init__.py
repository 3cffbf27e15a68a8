"""Boards: what a contest shows while it runs and afterwards, in public pages, halls, pictures and frames."""
