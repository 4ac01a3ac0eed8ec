"""The directory: look an organisation up, read what the register says of it, add one that is not listed."""
