"""Reads docs/, i18n/ and mkdocs.yml: pages, slots, languages, interface strings."""
