"""Reads municipalities/ into records and reports every problem of every file at once.

It also writes the schemas that editors use and the first file of a new municipality.
"""
