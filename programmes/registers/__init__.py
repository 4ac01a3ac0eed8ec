"""The official lists of organisations: reading them, keeping them, finding one in them."""
