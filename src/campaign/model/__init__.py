"""What a country, a municipality and a coordinator may say, and whom a reader of a place should call.

Records of typed values. Nothing here reads a file.
"""
