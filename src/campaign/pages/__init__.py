"""Reads docs/, i18n/ and mkdocs.yml as editors wrote them: pages, slots, languages, interface strings."""
