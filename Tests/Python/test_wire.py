"""An independent reader of messages: nothing here comes from the Swift code but the vectors."""

import hashlib
import json
import pathlib

import cbor2
import pytest

FOLDER = pathlib.Path(__file__).parent.parent / "Vectors"
VECTORS = json.loads((FOLDER / "wire.json").read_text())
SESSIONS = sorted((FOLDER / "sessions").glob("*.json"))

# The number of each message and the kinds of its parts, as FORMAT.md has them.
HASH, NUMBER, TEXT, BYTES, LIST = "hash", int, str, bytes, list
MESSAGES = {
    "hello": (1, NUMBER, NUMBER, HASH, TEXT, TEXT, HASH, LIST),
    "hello ack": (2, HASH),
    "have": (3, LIST),
    "logs": (4, HASH, NUMBER, LIST),
    "sync request": (5, HASH, NUMBER, NUMBER, NUMBER),
    "plan": (6, HASH, NUMBER, NUMBER),
    "sync ack": (8, LIST),
    "blob request": (10, HASH, HASH, BYTES),
    "blob": (11, HASH, HASH, BYTES, BYTES),
    "join request": (12, BYTES, TEXT, TEXT),
    "join refusal": (14, TEXT, TEXT),
    "leave": (15, TEXT, TEXT),
    "ping": (16, NUMBER),
    "pong": (17, NUMBER),
    "conflict notification": (18, LIST),
    "conflict resolution": (19, LIST),
    "graft": (20, HASH, HASH, NUMBER),
    "prune": (21, HASH),
    "announce": (22, HASH, LIST),
    "cursor": (23, HASH, NUMBER),
    "buckets": (24, HASH, NUMBER, BYTES),
    "bucket logs": (25, HASH, NUMBER, LIST),
    "peers": (26, LIST),
    "busy": (27, NUMBER),
}


def canonical(data):
    value = cbor2.loads(data)
    assert cbor2.dumps(value, canonical=True) == data
    return value


def is_kind(value, kind):
    if kind == HASH:
        return isinstance(value, bytes) and len(value) == 32
    return isinstance(value, kind)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_every_message_is_what_the_format_says(vector):
    number, *kinds = MESSAGES[vector["name"]]
    said, *parts = canonical(bytes.fromhex(vector["bytes"]))
    assert said == number
    assert len(parts) == len(kinds)
    assert all(is_kind(part, kind) for part, kind in zip(parts, kinds))


def test_no_message_is_without_a_vector():
    assert [vector["name"] for vector in VECTORS] == list(MESSAGES)


@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: path.stem)
def test_recorded_sessions_end_in_step_or_in_requests(path):
    """Recomputes the hashes of streams from the logs that were named, with nothing but SHA-256."""
    messages = [canonical(bytes.fromhex(line["bytes"])) for line in json.loads(path.read_text())]
    numbers = [message[0] for message in messages]
    assert numbers[:2] == [1, 1], "both say hello at once"
    hellos = [message for message in messages if message[0] == 1]
    assert (hellos[0][6] == hellos[1][6]) == (path.stem == "reconnect")
    assert (5 in numbers) == (path.stem != "reconnect")
    named = {digest for message in messages if message[0] == 3 for _, _, digest in message[1]}
    for _, scope, stream, heads in (message for message in messages if message[0] == 4):
        data = b"".join(cbor2.dumps(head, canonical=True) for head in heads)
        assert hashlib.sha256(b"hive/1/stream\0" + data).digest() in named
        assert heads == sorted(heads)
