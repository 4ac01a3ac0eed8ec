"""Programme reports: asked for on a page, made in the background, kept as they were made."""
