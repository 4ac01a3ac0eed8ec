"""Every address of the product: the frame's own, and each room's by name."""

from django.urls import include, path
from django.views.generic import RedirectView

from embedded import pages

urlpatterns = [
    path("", include("embedded.health_urls")),
    path("account/", include("embedded.profile.urls")),
    path("accounts/", include("embedded.sso.urls")),
    path("accounts/", include("allauth.account.urls")),
    path(
        "accounts/2fa/", RedirectView.as_view(pattern_name="account"), name="mfa_index"
    ),  # it says all of that
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("drafts/", include("embedded.drafts.urls")),
    path("guidance/", include("guidance.urls")),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("contact/", pages.contact, name="contact"),
    path("", include("programmes.urls")),
]

handler400 = "embedded.errors.bad_request"
handler403 = "embedded.errors.permission_denied"
handler404 = "embedded.errors.page_not_found"
handler500 = "embedded.errors.server_error"
handler429 = "embedded.errors.too_many"  # allauth's throttles ask for this name
