"""What somebody shows of their own work, on paper of their own."""
