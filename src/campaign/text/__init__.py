"""What a text is made of: characters, digits, numbers, addresses, the width of a line.

Nothing here knows a record or a file.
"""
