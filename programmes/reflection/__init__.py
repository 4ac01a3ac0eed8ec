"""Three questions a month, for oneself."""
