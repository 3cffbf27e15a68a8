"""Mail, text messages and webhooks: written into an outbox with their cause, sent by `flask worker`, tried again."""
