"""What is read of accounts: `find_` gives None where there is nothing, lists come in a fixed order."""
