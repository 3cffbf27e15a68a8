"""The public pages of a contest and its rounds."""
