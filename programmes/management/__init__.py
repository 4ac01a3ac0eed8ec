"""Commands of the programmes app."""
