"""The clear line of work: what was asked, what was answered, what gave way, what the time is for."""
