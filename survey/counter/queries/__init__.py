"""What is read of offices and counters."""
