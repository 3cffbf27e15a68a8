"""What changes accounts. Every operation flushes and none commits: the door does, once per request."""
