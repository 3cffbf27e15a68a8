"""Changes to contests. Every operation flushes and none commits; the caller commits once per request."""
