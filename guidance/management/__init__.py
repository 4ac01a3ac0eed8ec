"""The library's commands."""
