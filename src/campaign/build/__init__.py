"""Builds and publishes the copies from a private copy of the sources, each copy in one step."""
