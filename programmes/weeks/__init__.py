"""The log as lists, weeks and months, and one's posts now and before."""
