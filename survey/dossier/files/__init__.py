"""The sheets of dossiers."""
