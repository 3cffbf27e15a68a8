"""What a person runs in a terminal: prepare, examine, back up, work; the top floor of core, above web."""
