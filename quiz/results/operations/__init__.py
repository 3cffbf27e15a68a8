"""Changes to results. Every operation flushes and none commits; the caller commits once per request."""
