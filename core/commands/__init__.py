"""Terminal commands, the worker and the doctor: the top floor of core, above web."""
