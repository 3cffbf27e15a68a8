"""The public pages of objections."""
