"""Tells a machine whether this process lives, and whether it can serve."""

from __future__ import annotations

from functools import cache

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from embedded.database import patience

WAIT_FOR_REDIS = 0.5  # seconds
WAIT_FOR_DATABASE = 1.0  # seconds for each answer; a new connection may take two


@login_not_required
@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nothing of anybody."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 "ready", or "degraded" without Redis (work waits, nothing is lost); 503 without a usable database."""
    try:
        with patience.at_most(WAIT_FOR_DATABASE), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            current = migrated()
    except DatabaseError:
        return HttpResponse("no database", status=503, content_type="text/plain")
    if not current:
        migrated.cache_clear()
        return HttpResponse("not migrated", status=503, content_type="text/plain")
    return HttpResponse("ready" if redis_answers() else "degraded", content_type="text/plain")


@cache
def migrated() -> bool:
    """Whether the database has every migration of this code; once it has, it is not asked again."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def redis_answers() -> bool:
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=WAIT_FOR_REDIS, socket_connect_timeout=WAIT_FOR_REDIS
        ) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
