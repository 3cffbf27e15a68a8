"""Workbooks of a round and of a contest, in Vietnamese: they are enclosed with official documents."""
