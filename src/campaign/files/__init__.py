"""The files of a project as bytes and as YAML with line numbers.

It decides what counts as a file, what has changed, and where the project is.
"""
