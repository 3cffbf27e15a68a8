"""What changes rows. Every operation flushes and none commits: the door does, once per request."""
