"""What a role may do, decided from values alone."""
