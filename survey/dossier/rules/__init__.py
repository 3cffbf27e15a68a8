"""The rules of dossiers."""
