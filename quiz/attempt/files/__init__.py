"""Reading and writing of sheets."""
