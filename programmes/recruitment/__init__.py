"""Job description and person specification: drafted from the residency, edited, approved, shown in three forms."""
