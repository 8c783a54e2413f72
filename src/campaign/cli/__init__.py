"""The command ``campaign``."""
