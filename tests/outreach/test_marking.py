"""The mark of a message waits for the database without stopping the other threads (law 7)."""

import threading
import time
from datetime import timedelta

from django.db import connection, connections, transaction

from leadfarm.outreach.delivery.claiming import claim
from leadfarm.outreach.delivery.ledger import Marker
from leadfarm.outreach.models import Message
from tests.outreach.conftest import Post

HELD = 0.3
# Without other threads the mark would wait for as long as this, and fail.
TOO_LONG = "4s"


def test_a_mark_that_waits_for_a_lock_lets_the_thread_that_holds_it_go_on(post: Post) -> None:
    with post.world.inside():
        message = post.plan(post.lead_at("vera"))
    world, locked = post.world, threading.Event()

    def holds_the_row() -> None:
        try:
            with world.as_worker(), transaction.atomic():
                mine = Message.objects.of(world.workspace).select_for_update()
                mine.get(id=message.id)
                locked.set()
                time.sleep(HELD)
        finally:
            connections.close_all()

    with world.as_worker():
        lease = claim(world.workspace, world.now).lease
        holder = threading.Thread(target=holds_the_row)
        holder.start()
        assert locked.wait(10)
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{TOO_LONG}'")
        began = time.monotonic()
        try:
            marker = Marker(world.workspace.id, lease)
            marker.start(message.id, world.now + timedelta(seconds=1))
            marker.wait()
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
            holder.join()
    assert time.monotonic() - began > HELD / 2
    assert post.state(message).sending_at == world.now + timedelta(seconds=1)
