"""What a page claims: promises that contacts must carry, days until which sentences hold, and readings."""
