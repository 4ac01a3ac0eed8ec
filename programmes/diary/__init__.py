"""What only its writer reads, what is shared out of it and with whom, and what others see of a log."""
