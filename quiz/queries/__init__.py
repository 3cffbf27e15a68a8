"""What is read of a contest: `find_` gives None where there is nothing, `get_` raises, lists come in a fixed order."""
