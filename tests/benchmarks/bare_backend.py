"""Whose session it is, asked as Django asks."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from embedded.accounts.models import User


class PlainBackend(ModelBackend):
    """Asks for the account by an ordinary query: the product has a quicker one, which would shorten the yardstick."""

    def get_user(self, user_id: Any) -> Any:
        try:
            user = User.objects.all().get(pk=user_id)
        except User.DoesNotExist:
            return None
        return user if self.user_can_authenticate(user) else None
