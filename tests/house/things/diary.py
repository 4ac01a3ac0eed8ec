"""What the diary keeps, and more of it."""
