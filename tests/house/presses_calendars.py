"""The presses of calendars and reminders."""
