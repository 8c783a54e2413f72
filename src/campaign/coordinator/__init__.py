"""The coordinator's work: call list, confirmations, approved texts, report."""
