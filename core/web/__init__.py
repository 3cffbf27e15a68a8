"""HTTP without product nouns: extensions, checks before a view, headers, assets, errors and access control."""
