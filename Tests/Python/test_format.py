"""An independent reader of the format: nothing here comes from the Swift code but the vectors."""

import hashlib
import json
import pathlib

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

VECTORS = json.loads((pathlib.Path(__file__).parent.parent / "Vectors" / "format.json").read_text())


def unhex(name):
    return bytes.fromhex(VECTORS[name])


def domain(name, *parts):
    return hashlib.sha256(name.encode() + b"\0" + b"".join(parts)).hexdigest()


def canonical(data):
    """Decodes and encodes again: the bytes must be the deterministic ones."""
    value = cbor2.loads(data)
    assert cbor2.dumps(value, canonical=True) == data
    return value


def test_identities_are_hashes_of_what_they_name():
    assert domain("hive/1/node", unhex("publicKey")) == VECTORS["node"]
    founders, threshold, salt = canonical(unhex("hiveFounding"))
    assert founders == [unhex("publicKey")] and threshold == 1 and len(salt) == 16
    assert domain("hive/1/hive", unhex("hiveFounding")) == VECTORS["hive"]
    hive, kind, name, founder = canonical(unhex("scopeFounding"))
    assert (hive.hex(), kind, name, founder.hex()) == (VECTORS["hive"], 2, "main", VECTORS["node"])
    assert domain("hive/1/scope", unhex("scopeFounding")) == VECTORS["scope"]
    format_, scope, stream, partition, author, incarnation = canonical(unhex("logDescriptor"))
    assert (format_, scope.hex(), stream, partition, author) == (1, VECTORS["scope"], 1, 0, unhex("publicKey"))
    assert len(incarnation) == 16
    assert domain("hive/1/log", unhex("logDescriptor")) == VECTORS["log"]


def test_headers_say_what_merge_needs():
    names = []
    for number, entry in enumerate(VECTORS["operations"], 1):
        header = canonical(bytes.fromhex(entry["header"]))
        assert len(header) == 12
        format_, own, stamp, kind, document, flags, spelled, context, fields, keeps, removes, body_hash = header
        assert (format_, own, kind, len(document)) == (1, number, 34, 16)
        assert stamp >> 16 == 1_700_000_000_000 and stamp & 0xFFFF == number - 1
        assert flags == (1 if number == 2 else 0)
        names += spelled
        assert names[0].hex() == VECTORS["log"]
        for reference in context[::2] + keeps[::2] + removes[::3]:
            assert reference < len(names)
        salt, body = bytes.fromhex(entry["salt"]), bytes.fromhex(entry["body"])
        assert domain("hive/1/body", salt, body) == body_hash.hex()
        agent, changes = canonical(body)
        assert agent == ("ava" if number == 1 else None)
        assert len(changes) == 3 * len(fields)
        for place, field in enumerate(fields):
            path = changes[3 * place + 2]
            if isinstance(field, bytes):
                assert bytes.fromhex(domain("hive/1/path", path.encode()))[:8] == field
            else:
                assert path is None


def root(leaves):
    """RFC 9162, section 2.1.1."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\1" + root(leaves[:split]) + root(leaves[split:])).digest()


def test_the_checkpoint_is_signed_over_the_root():
    leaves = []
    for entry in VECTORS["operations"]:
        leaf = hashlib.sha256(b"\0hive/1/leaf\0" + bytes.fromhex(entry["header"])).digest()
        assert leaf.hex() == entry["leaf"]
        leaves.append(leaf)
    assert root(leaves).hex() == VECTORS["root"]
    message = b"hive/1/checkpoint\0" + cbor2.dumps(
        [bytes.fromhex(VECTORS["log"]), len(leaves), root(leaves)], canonical=True)
    assert message == unhex("checkpointMessage")
    Ed25519PublicKey.from_public_bytes(unhex("publicKey")).verify(unhex("signature"), message)
