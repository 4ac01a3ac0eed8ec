"""What the browsers of the benchmark and the accounts made for them agree on."""

from typing import Final

PASSWORD: Final = "correct horse battery staple"
CSRF_COOKIE: Final = "embedded_csrf"
