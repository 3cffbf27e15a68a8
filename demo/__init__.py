"""A believable province for trying everything out. No other room imports it; every person in it is invented."""
