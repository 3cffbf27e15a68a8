"""Mail, text messages and webhooks: stored in an outbox with their cause, sent by `flask worker`, and retried."""
