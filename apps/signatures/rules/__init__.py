"""Rules of signatures in plain Python: `texts` of the bare text, `papers` of what proves it."""
