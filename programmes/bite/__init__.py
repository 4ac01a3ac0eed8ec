"""A project's own summary of two pages, made from its record: page, PDF and Word."""
