"""What is read of a survey: `find_` gives None where there is nothing, lists come in a fixed order."""
