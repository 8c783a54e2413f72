"""The check of a whole project, the release check, and the contacts that readers see."""
