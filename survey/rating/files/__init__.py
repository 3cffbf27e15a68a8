"""What a survey reads and writes as sheets."""
