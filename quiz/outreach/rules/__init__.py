"""Pure rules of reaching people: how many are left, the length of a text message."""
