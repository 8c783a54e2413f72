"""What can be wrong with the pages of docs/ and with the texts in municipalities/."""
