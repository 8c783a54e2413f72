"""The parts of a text: characters, digits, telephone numbers, addresses, opening hours, small drawings.

Nothing here depends on a record or a file.
"""
