"""The contacts as a spreadsheet: written for the coordinator, and taken back into municipalities/."""
