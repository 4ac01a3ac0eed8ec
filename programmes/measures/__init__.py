"""Every number, once: plain Python over rows that `rows.py` alone asks of the database."""
