"""The deeds of the log, for every errand that writes an entry: the form, the grid, files, calendars, programs."""
