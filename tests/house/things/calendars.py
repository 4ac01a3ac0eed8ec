"""What calendars and reminders leave, and more of it."""
