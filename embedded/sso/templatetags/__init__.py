"""Template tags by which allauth's Django templates offer to sign in elsewhere."""
