"""The one check of a whole project, the release check, and which contacts readers are shown."""
