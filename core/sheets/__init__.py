"""An office's sheets: read whatever they send, remember what their columns mean, write templates that come back."""
