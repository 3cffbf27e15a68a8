"""Results: the close, ranking, boards, winners, corrections, publication."""
