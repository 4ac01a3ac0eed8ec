"""Packs with a residency's own names, dates and papers, for those who may read them."""
