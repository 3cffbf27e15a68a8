"""`make bench`: print every figure that the README quotes."""

import tempfile
from pathlib import Path

from bench import attacks, closes, console, flat, hot, http, imports, posters, sheets, sign_in, units

with tempfile.TemporaryDirectory() as folder:
    for part in (hot, http, flat, closes, sheets, units, imports, posters, sign_in, console, attacks):
        part.run(Path(folder))
        print()
