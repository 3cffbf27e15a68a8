"""LibreOffice, which opens our files as an office would, and writes files that offices send."""

import shutil
import subprocess
from pathlib import Path


def convert(file: Path, ending: str, folder: Path) -> Path:
    """Open *file* with LibreOffice, save it as *ending* into *folder*, and return the result."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing: run `make test`, which installs it (libreoffice-{calc,writer}-nogui)"
    command = [
        program, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", ending,
        "--outdir", str(folder), str(file),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    made = folder / f"{file.stem}.{ending.split(':')[0]}"
    assert made.exists(), done.stdout + done.stderr
    return made
