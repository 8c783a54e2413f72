"""What ``campaign build`` does: choose, render once a country, and write a copy for every municipality."""
