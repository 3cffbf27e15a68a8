"""Test support: PostgreSQL, a real server, browsers, and scenarios."""
