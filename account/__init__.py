"""Staff accounts, their roles in a unit and below, sign-in, approval and the audit trail."""
