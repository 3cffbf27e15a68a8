"""What leaves the account room as a sheet."""
