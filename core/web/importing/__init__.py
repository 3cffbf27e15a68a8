"""The pages that import a sheet of any kind, and the same at the terminal."""

from core.web.importing.pages import Back, ImportPages
from core.web.importing.terminal import explained, import_file

__all__ = ["Back", "ImportPages", "explained", "import_file"]
