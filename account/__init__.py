"""Who: staff accounts, their roles in a unit and below, and the sign-in."""
