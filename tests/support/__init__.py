"""What tests stand on: a real PostgreSQL, a real server, rows that are valid by default."""
