"""The doors: pages that lead to the copies, one for each country and language, and a main door to the countries."""
