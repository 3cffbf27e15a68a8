"""HTTP without product nouns: extensions, guards at the door, headers, assets, errors, and who may enter."""
