"""`flask doctor`: what is well, what will soon not be, what is broken, and what to do about each."""
