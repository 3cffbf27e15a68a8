"""Ask at the counter: a citizen rates the service, an office reads figures that can be believed."""
