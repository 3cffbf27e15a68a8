"""How long it is kept who made a request."""

REQUEST_DAYS = 30
"""How long the name and phone of somebody who asked stay with a request that was answered."""
