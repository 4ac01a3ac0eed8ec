"""Who somebody is: a person, who may have an account, and the account, which only signs in."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from embedded.database.prepared import Prepared
from embedded.database.words import words_in


class UserManager(BaseUserManager["User"]):
    """Makes accounts; e-mail addresses are kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get(self, *args: Any, **kwargs: Any) -> User:
        """One account, with the person behind it: every page of somebody signed in asks for both by number."""
        if not args and list(kwargs) == ["pk"] and isinstance(kwargs["pk"], int):
            for user in _BY_NUMBER(pk=kwargs["pk"]):
                return user
            raise self.model.DoesNotExist
        return self.get_queryset().select_related("person").get(*args, **kwargs)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """An account: an address and a password. What its owner may do hangs on the person's memberships."""

    email = models.EmailField("e-mail address", unique=True)
    is_active = models.BooleanField(default=True)
    is_demonstration = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)
    sessions_ended = models.PositiveIntegerField(default=0)  # each step up ends every session of before

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_the_case")]

    def __str__(self) -> str:
        return self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must match to go on: the password, and that nobody has signed out everywhere since."""
        kept = f"{self.password}:{self.sessions_ended}"
        return salted_hmac("embedded.accounts.session", kept, secret=secret, algorithm="sha256").hexdigest()

    def has_perm(self, permission: str, place: object | None = None) -> bool:
        """Nobody holds a permission by account: programmes.access answers, from the memberships."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


_BY_NUMBER: Final = Prepared(
    lambda pk: User.objects.filter(pk=pk).select_related("person"), {"pk": 2_000_000_011}
)


class Person(models.Model):
    """Somebody who takes part. An account and an e-mail address are both optional, and two people may
    share an address (users.md §5)."""

    user = models.OneToOneField(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="person"
    )
    display_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    job_title = models.CharField(max_length=120, blank=True)
    may_start_programmes = models.BooleanField(default=False)
    edits_library = models.BooleanField(default=False, db_default=False)
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(display_name=""), name="person_has_a_name"),
        ]
        indexes = [
            models.Index(Lower("email"), name="person_by_email"),
            GinIndex(words_in("display_name"), name="person_by_words"),
        ]

    def __str__(self) -> str:
        return self.display_name


class SignIn(models.Model):
    """One browser in which an account is signed in: what its owner sees of it, and can end."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=60)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seen_at__gte=models.F("began_at")), name="sign_in_seen_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return self.device


class Tries(models.Model):
    """How often something was tried since a moment: one row for each thing that is counted (P15)."""

    key = models.CharField(max_length=64, primary_key=True)  # a hash: addresses and passwords stay out of it
    since = models.DateTimeField(db_index=True)
    times = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.times} since {self.since:%H:%M:%S}"
