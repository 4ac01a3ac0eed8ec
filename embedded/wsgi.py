"""Where the web server finds the product."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "embedded.settings")
# A page waits for a database that restarts, and for no statement for ever; workers and commands take their time.
os.environ.setdefault("DATABASE_PATIENCE_SECONDS", "5")
os.environ.setdefault("DATABASE_STATEMENT_SECONDS", "20")
application = get_wsgi_application()

from embedded.accounts.checks import refuse_to_start  # noqa: E402 (models may be read only now)

refuse_to_start()
