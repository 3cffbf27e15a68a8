"""`make bench`: prints every figure that the README quotes."""

import tempfile
from pathlib import Path

from bench import hot, imports, posters, sheets, units

with tempfile.TemporaryDirectory() as folder:
    for part in (hot, sheets, units, imports, posters):
        part.run(Path(folder))
        print()
