"""The contents of professionals' pages: referral sheets, the working group and its meetings."""
