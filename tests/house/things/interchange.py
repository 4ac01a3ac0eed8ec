"""What files of a log leave, and more of it."""
