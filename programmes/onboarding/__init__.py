"""Getting started: naming the person, accepting the post, access to the site and its systems, the first day."""
