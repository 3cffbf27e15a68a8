"""`make bench`: print every figure that the README quotes."""

import tempfile
from pathlib import Path

from bench import at_size, attacks, closes, console, flat, hot, http, imports, posters, sheets, sign_in, units

with tempfile.TemporaryDirectory() as folder:
    for part in (hot, http, flat, at_size, closes, sheets, units, imports, posters, sign_in, console, attacks):
        part.run(Path(folder))
        print()
