"""Where the web server finds the product."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "embedded.settings")
application = get_wsgi_application()

from embedded.accounts.checks import refuse_to_start  # noqa: E402 (models may be read only now)

refuse_to_start()
