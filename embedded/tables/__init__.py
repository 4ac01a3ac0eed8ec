"""Tables out as files that spreadsheets open and never execute."""
