"""Results: the close, ranking, winners, corrections, objections, publication."""
