"""Signing in with an account that somebody has elsewhere: ORCID, Microsoft Entra, any OpenID Connect provider."""
