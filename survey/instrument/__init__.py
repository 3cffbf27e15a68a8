"""What is asked at a counter: questionnaires as data, one row per version."""
