"""The NHS.UK look in Django's terms: forms and their fields, the Jinja environment, the bridge for allauth."""
