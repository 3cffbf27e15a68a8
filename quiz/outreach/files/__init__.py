"""Sheets of who has not taken part, in Vietnamese: villages and agencies get them."""
