"""Releases: manifests, signatures, comparison of a copy with what was published, what changed since."""
