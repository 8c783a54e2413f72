"""The edge to MkDocs: it renders the base site of a country, and keeps it for the next build."""
