"""The house under faults: database, web server, presses and migrations, each broken for real."""
