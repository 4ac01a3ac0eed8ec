"""One's own account: the page about it, and the audit of what happens to it."""
