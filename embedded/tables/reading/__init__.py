"""Opens a file that somebody uploaded, in a process of its own with little memory and little time."""
