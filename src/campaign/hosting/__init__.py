"""The doctor: looks at hosted copies from outside, politely, and says what a host should change."""
