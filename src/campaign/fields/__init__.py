"""The types of the values that people type into the project's files, and the record that they make up."""
