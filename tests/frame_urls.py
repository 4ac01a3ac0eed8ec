"""The frame's own addresses without the rooms above it, for tests that bring a page of their own."""

from django.urls import include, path

from embedded import pages

urlpatterns = [
    path("account/", include("embedded.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("drafts/", include("embedded.drafts.urls")),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("contact/", pages.contact, name="contact"),
]

handler403 = "embedded.errors.permission_denied"
handler404 = "embedded.errors.page_not_found"
