"""The product's own settings, with two addresses more: nothing else is changed, so that what is measured is it."""

from embedded.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.product_urls"
