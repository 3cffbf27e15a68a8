"""One answer, by whatever channel it comes, and when it may be seen."""
