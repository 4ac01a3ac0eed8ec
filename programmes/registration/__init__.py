"""Registering: from an idea with a title and a host to an approved, adopted, ended or withdrawn residency."""
