"""Template tags by which allauth's Django templates reach the NHS look."""
