"""The checks of the pages of docs/ and of the texts in municipalities/."""
