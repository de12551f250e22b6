"""Counts what decisions cost under callgrind: instructions, and calls of the allocator.

A program that decides N times and one that decides 2N times differ in N decisions and in nothing else.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

ALLOCATORS = {"malloc", "calloc", "realloc", "aligned_alloc", "posix_memalign"}


def per_decision(engine, workload, rounds=8):
    """Instructions and allocations of one decision; None where valgrind is missing."""
    if shutil.which("valgrind") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        # Valgrind does not understand all that Swift tells a debugger.
        bare = Path(folder) / "law-bench"
        subprocess.run(["strip", "-g", "-o", bare, engine], check=True)
        few = _count(bare, workload, rounds, folder)
        many = _count(bare, workload, 2 * rounds, folder)
    decisions = many[2] - few[2]
    return {"instructions": (many[0] - few[0]) / decisions, "allocations": (many[1] - few[1]) / decisions}


def _count(engine, workload, rounds, folder):
    profile = Path(folder) / "profile"
    run = subprocess.run(
        ["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", engine, "repeat", workload, str(rounds)],
        check=True,
        capture_output=True,
        text=True,
        # Otherwise dictionaries are in another order in each process, and cost a little more or less.
        env=os.environ | {"SWIFT_DETERMINISTIC_HASHING": "1"},
    )
    text = profile.read_text()
    total = int(re.search(r"^(?:summary|totals): (\d+)", text, re.M).group(1))
    return total, _allocations(text), json.loads(run.stdout)["decisions"]


def _allocations(profile):
    names = {}
    callee = None
    calls = 0
    for line in profile.splitlines():
        if match := re.match(r"c?fn=\((\d+)\)(?: (.*))?", line):
            if match[2]:
                names[match[1]] = match[2]
            if line.startswith("cfn"):
                callee = names[match[1]]
        elif line.startswith("calls=") and callee.split("'")[0] in ALLOCATORS:
            calls += int(line[6:].split()[0])
    return calls
