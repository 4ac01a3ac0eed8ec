"""The log for somebody's own programs: tokens that they make and end, entries read and written over HTTP."""
