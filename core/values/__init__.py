"""Pure shared values, standard library only: codes, dates, numbers, phone, place, text, week."""
