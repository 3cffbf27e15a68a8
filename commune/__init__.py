"""The administrative units of Vietnam with their dates, and the offices in them."""
