"""Questions as offices and other programs write them, read and checked without a database."""
