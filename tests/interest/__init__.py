"""Interest in a residency: the check, the form, and what the lead makes of it."""
