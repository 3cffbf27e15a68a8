"""Pure shared values, standard library only: week, text, phone, numbers."""
