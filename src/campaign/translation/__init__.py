"""For each section of a page and each word of the interface: whether its translation follows the source."""
