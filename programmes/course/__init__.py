"""The course of a residency: what comes next, changes of hands, the ending, looking back, its history."""
