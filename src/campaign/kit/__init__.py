"""The printed kit of a place: posters, cards and other sheets with its numbers, set by Typst."""
