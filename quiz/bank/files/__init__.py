"""Files of questions and keys: what offices write, read into values, and written again."""
