"""Days that a calendar knows: events brought in from a file, and the feed of one's own dates."""
