"""Makes the files of one copy from a base site and a municipality. It does not touch the copy's folder."""
