"""The one-stop system's list of dossiers: the denominator of what citizens say."""
