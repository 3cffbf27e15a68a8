"""Where: the administrative units of Vietnam with their dates, and the offices that stand in them."""
