"""One letter when nothing was logged for long, and how to have no more of them."""
