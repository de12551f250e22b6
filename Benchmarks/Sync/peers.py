"""What one node of a hive notices of another: how soon it sees a write, and that it is in trouble."""

import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "Tests" / "Chaos"))

import servers
from relay import Relay

# Where the relays stand that the two nodes reach each other through.
RELAYS = ("127.0.0.2", "127.0.0.3")


def percentiles(samples):
    ordered = sorted(samples)
    return {"p50": ordered[len(ordered) // 2] * 1000, "p99": ordered[len(ordered) * 99 // 100] * 1000, "count": len(ordered)}


def store(node, connection, content):
    status, answer = node.ask(connection, "POST", "/api/v1/memories", {"content": content, "scope": "collective:main"})
    if status not in (200, 201):
        raise SystemExit(f"{node.name} refused a write: {status} {answer}")
    return answer["id"]


def visibility(bin, folder, count):
    """From the answer to a write on one node to the answer that shows it on another, asked for again and again."""
    one, two = servers.Node(bin, folder, "one"), servers.Node(bin, folder, "two")
    try:
        two.join(one)
        here, there = one.connection(), two.connection()
        samples = []
        for number in range(count + 20):
            memory = store(one, here, f"seen {number} over there")
            written = time.perf_counter()
            while two.ask(there, "GET", f"/api/v1/memories/{memory}")[0] != 200:
                if time.perf_counter() - written > 60:
                    raise SystemExit("a write was not seen within a minute")
            if number >= 20:  # the first ones warm both up
                samples.append(time.perf_counter() - written)
            time.sleep(0.005)
        return percentiles(samples)
    finally:
        two.stop()
        one.stop()


def writes(node, seconds, writers=4):
    """How long writes take that are made at a pace which leaves the machine time for other things."""
    samples, deadline = [], time.perf_counter() + seconds

    def write(writer):
        connection, number = node.connection(), 0
        while time.perf_counter() < deadline:
            number += 1
            began = time.perf_counter()
            store(node, connection, f"{began} note {number} of writer {writer}")
            samples.append(time.perf_counter() - began)
            time.sleep(0.02)

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return percentiles(samples)


def troubles(bin, folder, seconds):
    """p99 of a node's own writes while its peer is well, slow, flapping, hanging and dead."""
    one, two = (
        servers.Node(bin, folder, name, advertise=relay) for name, relay in zip(("writer", "peer"), RELAYS))
    relays = []
    for node, listen in zip((one, two), RELAYS):
        target, port = node.peers.rsplit(":", 1)
        relays.append(Relay(listen, target, int(port)))

    def both(change):
        for relay in relays:
            change(relay)

    found = {}
    try:
        one.ctl("peers", "join", two.ctl("peers", "invite", "--role", "writer")["line"])
        writes(one, 2)
        found["well"] = writes(one, seconds)
        both(lambda relay: relay.slow(0.2))
        found["slow: 200 ms for each piece"] = writes(one, seconds)
        both(Relay.go_on)
        flaps = threading.Event()

        def flap():
            while not flaps.wait(0.5):
                both(Relay.reset)

        flapping = threading.Thread(target=flap)
        flapping.start()
        found["flapping: broken off twice a second"] = writes(one, seconds)
        flaps.set()
        flapping.join()
        both(Relay.stall)
        found["hanging: nothing is passed on"] = writes(one, seconds)
        both(Relay.go_on)
        two.kill()
        found["dead: killed"] = writes(one, seconds)
        return found
    finally:
        two.stop()
        one.stop()
