"""What is read for figures."""
