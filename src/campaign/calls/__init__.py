"""What a coordinator takes to the phone or sends by post: call sheets, and letters to organisations."""
