"""The doors: pages that lead to the copies. Each country has one, and a main door leads to the countries."""
