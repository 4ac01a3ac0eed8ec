"""What lists, weeks and the portfolio keep, and more of it."""
