"""What the contest reads and writes as sheets."""
