"""Two documents of a CRDT library that each wrote alone, brought together: in memory, without signatures and without a disk."""

import time


def text(number):
    return f"fact {number}: the service {number % 97} listens on port {number}"


def loro(count):
    from loro import ExportMode, LoroDoc

    documents = []
    for peer in (1, 2):
        document = LoroDoc()
        document.peer_id = peer
        memories = document.get_map("memories")
        for number in range(count):
            memories.insert(f"{peer}-{number}", text(number))
            document.commit()
        documents.append(document)
    one, two = documents
    began = time.perf_counter()
    there = one.export(ExportMode.Updates(two.oplog_vv))
    back = two.export(ExportMode.Updates(one.oplog_vv))
    two.import_(there)
    one.import_(back)
    taken = time.perf_counter() - began
    if len(one.get_map("memories").keys()) != 2 * count or one.get_deep_value() != two.get_deep_value():
        raise SystemExit("loro: the documents differ")
    return {"seconds": taken, "bytes": len(there) + len(back)}


def pycrdt(count):
    from pycrdt import Doc, Map

    documents = []
    for peer in (1, 2):
        document = Doc()
        memories = document.get("memories", type=Map)
        for number in range(count):
            memories[f"{peer}-{number}"] = text(number)
        documents.append(document)
    one, two = documents
    began = time.perf_counter()
    there = one.get_update(two.get_state())
    back = two.get_update(one.get_state())
    two.apply_update(there)
    one.apply_update(back)
    taken = time.perf_counter() - began
    if len(one.get("memories", type=Map)) != 2 * count or len(two.get("memories", type=Map)) != 2 * count:
        raise SystemExit("pycrdt: the documents differ")
    return {"seconds": taken, "bytes": len(there) + len(back)}
