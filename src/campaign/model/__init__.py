"""Records of a country, a municipality and a coordinator, and the contacts that a place shows its readers.

Every record holds typed values. Nothing here reads a file.
"""
