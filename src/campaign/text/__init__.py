"""The parts of a text: characters, digits, telephone numbers, addresses, and the width of a line.

Nothing here depends on a record or a file.
"""
