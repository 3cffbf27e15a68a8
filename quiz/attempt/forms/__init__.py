"""The forms of attempts."""
