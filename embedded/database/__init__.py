"""How the product speaks to PostgreSQL: with patience while it restarts, and never for ever while it hangs."""
