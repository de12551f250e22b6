"""Machines in network namespaces: each has one link to a bridge, in a namespace that holds nothing else of this machine."""

import contextlib
import ctypes
import os
import pathlib
import subprocess
import threading

NEWNET = 0x40000000
libc = ctypes.CDLL(None, use_errno=True)


def run(*command):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}: {done.stderr.strip()}")


def enter(path):
    """Moves the calling thread to the network of a namespace."""
    with open(path) as namespace:
        if libc.setns(namespace.fileno(), NEWNET):
            raise OSError(ctypes.get_errno(), f"cannot enter {path}")


def without_netem():
    """Why packets cannot be disturbed one by one; None where they can."""
    tried = subprocess.run(
        ["tc", "qdisc", "add", "dev", "lo", "root", "netem", "delay", "1ms"], capture_output=True, text=True)
    if tried.returncode:
        return "this kernel has no netem"
    run("tc", "qdisc", "del", "dev", "lo", "root")
    return None


class Network:
    """A bridge, and a namespace with an address for each machine. The process is in the namespace of the bridge."""

    def __init__(self, names):
        run("mount", "-t", "tmpfs", "none", "/run/netns")
        run("ip", "link", "set", "lo", "up")
        run("ip", "link", "add", "hub", "type", "bridge")
        run("ip", "addr", "add", "10.77.0.1/24", "dev", "hub")
        run("ip", "link", "set", "hub", "up")
        self.links = {}
        for place, name in enumerate(names, start=10):
            self.links[name] = Link(name, place)


class Link:
    """What connects one machine with the others."""

    def __init__(self, name, place):
        self.name = name
        self.address = f"10.77.0.{place}"
        # Where the relay stands that all who call this machine go through.
        self.relay = f"10.77.0.{100 + place}"
        self.namespace = pathlib.Path("/run/netns") / name
        self.outside = f"to-{name}"
        run("ip", "netns", "add", name)
        run("ip", "link", "add", self.outside, "type", "veth", "peer", "name", "eth0", "netns", name)
        run("ip", "link", "set", self.outside, "master", "hub", "up")
        run("ip", "addr", "add", f"{self.relay}/24", "dev", "hub")
        for command in (["addr", "add", f"{self.address}/24", "dev", "eth0"], ["link", "set", "eth0", "up"],
                        ["link", "set", "lo", "up"]):
            run("ip", "-n", name, *command)

    def cut(self):
        run("ip", "link", "set", self.outside, "down")

    def join(self):
        run("ip", "link", "set", self.outside, "up")

    def narrow(self, kilobits):
        """So many kilobits a second in each direction."""
        shape = ["root", "tbf", "rate", f"{kilobits}kbit", "burst", "16kb", "latency", "400ms"]
        run("tc", "qdisc", "replace", "dev", self.outside, *shape)
        run("tc", "-n", self.name, "qdisc", "replace", "dev", "eth0", *shape)

    def disturb(self, *how):
        """What netem does to packets in each direction; `widen` ends it."""
        run("tc", "qdisc", "replace", "dev", self.outside, "root", "netem", *how)
        run("tc", "-n", self.name, "qdisc", "replace", "dev", "eth0", "root", "netem", *how)

    def widen(self):
        run("tc", "qdisc", "del", "dev", self.outside, "root")
        run("tc", "-n", self.name, "qdisc", "del", "dev", "eth0", "root")

    @contextlib.contextmanager
    def inside(self):
        """The calling thread speaks from this machine."""
        home = f"/proc/self/task/{threading.get_native_id()}/ns/net"
        with open(home) as back:
            enter(self.namespace)
            try:
                yield
            finally:
                if libc.setns(back.fileno(), NEWNET):
                    os._exit(70)  # a thread in the wrong network would judge everything wrongly
