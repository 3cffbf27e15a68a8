"""The desk where staff answer requests of persons about their own data."""
