"""What is decided of units from values alone."""
