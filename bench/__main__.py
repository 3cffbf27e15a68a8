"""`make bench`: prints every figure that the README quotes."""

import tempfile
from pathlib import Path

from bench import hot, imports, sheets, units

with tempfile.TemporaryDirectory() as folder:
    hot.run(Path(folder))
    print()
    sheets.run(Path(folder))
    print()
    units.run(Path(folder))
    print()
    imports.run(Path(folder))
