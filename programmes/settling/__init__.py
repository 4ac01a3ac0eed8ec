"""The first hundred days: who is who, what is missing, what to do by when."""
