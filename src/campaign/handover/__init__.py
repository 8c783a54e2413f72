"""The hand-over of a copy: a ZIP with instructions for the host, and a letter to the municipality."""
