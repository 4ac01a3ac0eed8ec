"""Commands about accounts, for those who run the service."""
