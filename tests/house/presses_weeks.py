"""The presses of weeks, lists and the portfolio."""
