"""`make bench`: prints every figure that the README quotes."""

import tempfile
from pathlib import Path

from bench import hot, posters, sheets

with tempfile.TemporaryDirectory() as folder:
    hot.run(Path(folder))
    print()
    sheets.run(Path(folder))
    print()
    posters.run(Path(folder))
