"""What professionals' pages show of a place: referral sheets, the working group, its meetings."""
