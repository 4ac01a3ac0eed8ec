"""Interest in a residency before anybody has an account: a check whether one is ready, a form, and the answer."""
