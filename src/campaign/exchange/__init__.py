"""Texts as files for translators' programs (PO, XLIFF), and back into pages and words."""
