"""Measures one system in a process of its own and prints what was found so far as a line of JSON after each measurement.

    measure.py SYSTEM FOLDER OPTIONS      all measurements
    measure.py SYSTEM FOLDER OPTIONS open opens what is there, answers one question and ends
"""

import importlib
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import corpus

TAGS = [f"t{number}" for number in range(10)]


def percentiles(samples):
    ordered = sorted(samples)
    at = lambda share: ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000
    return {"p50": at(0.5), "p99": at(0.99)}


def notes(texts, start=0):
    return [(start + place, text, TAGS[place % len(TAGS)]) for place, text in enumerate(texts)]


def throughput(system, texts):
    """Stores a second by 1, 16 and 64 writers, each on its own, answered one by one."""
    found, taken = {}, 0
    for writers, count in [(1, 300), (16, 960), (64, 1920)]:
        batch = notes([f"{text} (#{taken + place})" for place, text in enumerate(texts[:count])], 1_000_000 + taken)
        taken += count
        with ThreadPoolExecutor(writers) as pool:
            start = time.perf_counter()
            for _ in pool.map(lambda note: system.store(*note), batch):
                pass
            found[str(writers)] = count / (time.perf_counter() - start)
    return found


def latencies(system, questions):
    """Of each way to search as many questions as fit into a minute, and 20 at least."""
    found = {}
    for way in system.asks:
        ask = getattr(system, way)
        samples = []
        end = time.perf_counter() + 60
        for place, question in enumerate(questions):
            if len(samples) >= 20 and time.perf_counter() > end:
                break
            arguments = (question, TAGS[place % len(TAGS)]) if way == "filtered" else (question,)
            start = time.perf_counter()
            ask(*arguments)
            samples.append(time.perf_counter() - start)
        found[way] = percentiles(samples[len(samples) // 10 :])
    return found


def quality(system, offset):
    """Recall among the first ten and mean reciprocal rank, by kind of question, for the best way that a system has."""
    _, kinds = corpus.labelled()
    way = next(way for way in ["hybrid", "meaning", "words"] if way in system.asks)
    found = {"way": way}
    for kind, pairs in kinds.items():
        ranks = []
        for question, place in pairs:
            answer = getattr(system, way)(question)
            ranks.append(answer.index(offset + place) + 1 if offset + place in answer else None)
        found[kind] = {
            "recall": sum(rank is not None for rank in ranks) / len(ranks),
            "mrr": sum(1 / rank for rank in ranks if rank) / len(ranks),
        }
    return found


def resident(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise SystemExit("the kernel does not say how much memory a process has")


def disk(folder):
    return sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()) / 2**20


def reopened(name, folder, options):
    """Seconds from the start of a process to its first answer over what is on disk."""
    start = time.perf_counter()
    subprocess.run([sys.executable, __file__, name, folder, json.dumps(options), "open"], check=True)
    return time.perf_counter() - start


def main():
    name, folder, options = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    System = importlib.import_module(f"system_{name}").System
    if sys.argv[4:] == ["open"]:
        system = System(folder, options)
        getattr(system, system.asks[0])("restart the service")
        return system.close()
    texts = Path(options["texts"]).read_text(encoding="utf-8").split("\n")[: options["count"]]
    Path(folder, "writers").mkdir(parents=True)
    writing = System(f"{folder}/writers", options)
    answer = {"name": writing.name, "version": writing.version}

    def say(**part):
        answer.update(part)
        print(json.dumps(answer), flush=True)

    say(store=throughput(writing, texts))
    writing.close()
    labelled, _ = corpus.labelled()
    Path(folder, "notes").mkdir()
    system = System(f"{folder}/notes", options)
    start = time.perf_counter()
    system.fill(notes(texts + labelled))
    say(fill=(len(texts) + len(labelled)) / (time.perf_counter() - start))
    say(search=latencies(system, corpus.questions(texts, 300)))
    say(quality=quality(system, len(texts)))
    say(resident=resident(getattr(system, "pid", os.getpid())))
    system.close()
    say(disk=disk(f"{folder}/notes"))
    say(start=min(reopened(name, f"{folder}/notes", options) for _ in range(3)))


if __name__ == "__main__":
    main()
