"""Real nodes on machines of their own under faults, and an audit: whatever was acknowledged is on every node.

    python Tests/Chaos [--seconds 120 | --kills 1000] [--only FAULT] [--machines 3] [--seed N] [--build .build/debug]

First anything may go wrong, then everything is mended and the nodes must agree. Machines are network namespaces below one
that is made for this run, so nothing of it outlives the run. Exit code 0: held; 1: not held; 77: skipped, with the reason.
"""

import argparse
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MARK = "HIVE_CHAOS_NAMESPACE"


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(77)


def in_own_namespaces():
    """Goes on in a network and a table of mounts that end with this process."""
    if os.environ.get(MARK):
        return
    for tool in ("ip", "tc", "unshare", "mount"):
        if shutil.which(tool) is None:
            skip(f"`{tool}` is not here (iproute2, util-linux)")
    command = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child"]
    if os.geteuid():
        command += ["--user", "--map-root-user"]
    try:
        pathlib.Path("/run/netns").mkdir(exist_ok=True)
    except OSError as error:
        skip(f"namespaces have no place to be named at: {error}")
    probe = (
        "mount -t tmpfs none /run/netns && ip link add hub type bridge && ip netns add probe && "
        "ip link add one type veth peer name two netns probe")
    tried = subprocess.run(command + ["sh", "-c", probe], capture_output=True, text=True)
    if tried.returncode:
        skip(f"machines cannot be made here: {tried.stderr.strip() or tried.returncode}")
    done = subprocess.run(
        command + ["--mount-proc", sys.executable, __file__, *sys.argv[1:]], env=os.environ | {MARK: "1"})
    sys.exit(done.returncode)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=120, help="How long faults go on.")
    parser.add_argument("--kills", type=int, default=0, help="So many rounds of kill -9 and nothing else, instead.")
    parser.add_argument("--only", action="append", metavar="FAULT", help="Of all faults this one, and others named so.")
    parser.add_argument("--machines", type=int, default=3)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / ".build" / "debug")
    options = parser.parse_args()
    in_own_namespaces()
    from trial import Trial

    print(f"seed {options.seed}", flush=True)
    base = pathlib.Path(tempfile.mkdtemp(prefix="hive-chaos-"))
    subprocess.run(["mount", "-t", "tmpfs", "none", base], check=True)
    trial = Trial(options, base)
    problems = trial.run()
    for line in problems:
        print(f"NOT HELD: {line}")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
