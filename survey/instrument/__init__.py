"""What is asked at a counter: levels and reasons."""
