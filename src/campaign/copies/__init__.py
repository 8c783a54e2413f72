"""Makes the files of one copy from a base site and a municipality. It reads and writes no file."""
