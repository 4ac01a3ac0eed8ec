"""The presses of the diary and of what is shared."""
