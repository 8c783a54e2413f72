"""Builds the copies from a snapshot of the sources and publishes each copy in one step."""
