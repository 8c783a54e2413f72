"""The coordinator's work: the list of calls, confirmations, approved texts, the report."""
