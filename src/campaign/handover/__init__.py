"""A copy after it has left the build: signed, handed over, compared, and what changed since."""
