"""Durable writes a second by 1, 16 and 64 writers, 512 bytes each: every one is on disk before it is answered."""

import csv
import json
import sqlite3
import subprocess
import threading
import time
from pathlib import Path

import servers

LUA = Path(__file__).resolve().parent / "put.lua"
WRITERS = [1, 16, 64]


def wrk(port, kind, token, writers, seconds):
    command = [
        "wrk", "-t1", f"-c{writers}", f"-d{seconds}s", "--timeout", "30s", "-s", LUA, f"http://127.0.0.1:{port}", "--",
        kind, token]
    found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1])
    if found["bad"]:
        raise SystemExit(f"{kind}: {found['bad']} of {found['requests']} writes failed")
    return found


def etcd(folder, nodes, seconds):
    with servers.etcd(folder, nodes) as port:
        return {writers: wrk(port, "etcd", "-", writers, seconds) for writers in WRITERS}


def hive(bin, folder, seconds):
    node = servers.Node(bin, folder, "writes")
    try:
        return {writers: wrk(node.port, "hive", node.token, writers, seconds) for writers in WRITERS}
    finally:
        node.stop()


def redis(folder, seconds):
    found = {}
    with servers.redis(folder) as port:
        for writers in WRITERS:
            count = 200
            while True:  # so many writes that they take about the time
                began = time.monotonic()
                command = [
                    "redis-benchmark", "-p", str(port), "-t", "set", "-d", "512", "-c", str(writers), "-n", str(count),
                    "-r", "100000000", "--csv"]
                said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
                taken = time.monotonic() - began
                if taken >= seconds * 0.7:
                    break
                count = int(count * min(20, max(2, seconds / max(taken, 0.1))))
            row = list(csv.DictReader(said.splitlines()))[-1]
            found[writers] = {
                "rate": float(row["rps"]), "p50": float(row["p50_latency_ms"]), "p99": float(row["p99_latency_ms"])}
    return found


def sqlite(folder, seconds):
    """One connection that all writers share in turn, since SQLite has one writer: a row in each transaction."""
    database = sqlite3.connect(Path(folder) / "raw.db", check_same_thread=False, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE TABLE r (key INTEGER PRIMARY KEY, value BLOB NOT NULL)")
    value, turn, found = b"x" * 512, threading.Lock(), {}
    for writers in WRITERS:
        times, deadline = [], time.perf_counter() + seconds

        def write():
            while (began := time.perf_counter()) < deadline:
                with turn:
                    database.execute("INSERT INTO r (value) VALUES (?)", (value,))
                times.append(time.perf_counter() - began)

        threads = [threading.Thread(target=write) for _ in range(writers)]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        taken = time.perf_counter() - began
        times.sort()
        found[writers] = {
            "rate": len(times) / taken, "p50": times[len(times) // 2] * 1000, "p99": times[len(times) * 99 // 100] * 1000}
    database.close()
    return found
