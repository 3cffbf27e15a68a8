"""The public page that verifies the code of a certificate."""
