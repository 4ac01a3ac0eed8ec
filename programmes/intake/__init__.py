"""Residencies by file: upload, check in words, bring the good rows in, hand the others back (domain.md §3.4)."""
