"""What is done to machines, and how it is undone. A fault that does not apply answers with the reason."""

import errno
import signal

import machine as machines
from network import without_netem


class Fault:
    """`ends` tells that the node is away until the fault is mended, or may end itself rather than promise too much."""

    def __init__(self, name, begin, end=lambda machine: None, lacks=lambda: None, ends=False):
        self.name, self.begin, self.end, self.lacks, self.ends = name, begin, end, lacks, ends


def fill_disk(machine):
    with open(machine.disk / "filler", "wb", buffering=0) as filler:
        try:
            while True:
                filler.write(bytes(65536))
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise


def empty_disk(machine):
    (machine.disk / "filler").unlink(missing_ok=True)


def step(seconds):
    return lambda machine: machine.shift(seconds)


def netem(name, *how):
    return Fault(
        name, lambda machine: machine.link.disturb(*how), lambda machine: machine.link.widen(), without_netem)


def put_back(disk_comes_back):
    """A kill, after which the machine has an older disk: what only it held since is gone, and its node lives anew."""

    def begin(machine):
        machine.kill()
        disk_comes_back(machine)

    return begin


def without_clock():
    return None if machines.clock_library() else "faketime is not installed"


ALL = [
    Fault("kill -9", lambda machine: machine.kill(), ends=True),
    Fault("kill -9 twice", lambda machine: (machine.kill(), machine.start(), machine.kill()), ends=True),
    Fault("SIGSTOP", lambda machine: machine.signal(signal.SIGSTOP), lambda machine: machine.signal(signal.SIGCONT)),
    Fault("SIGTERM", lambda machine: machine.signal(signal.SIGTERM), ends=True),
    Fault("link down", lambda machine: machine.link.cut(), lambda machine: machine.link.join()),
    Fault("64 kbit/s", lambda machine: machine.link.narrow(64), lambda machine: machine.link.widen()),
    Fault("512 kbit/s", lambda machine: machine.link.narrow(512), lambda machine: machine.link.widen()),
    Fault("200 ms on the way", lambda machine: machine.relay.slow(0.2), lambda machine: machine.relay.go_on()),
    Fault("2 s on the way", lambda machine: machine.relay.slow(2), lambda machine: machine.relay.go_on()),
    Fault("stalled connections", lambda machine: machine.relay.stall(), lambda machine: machine.relay.go_on()),
    Fault("connections reset", lambda machine: machine.relay.reset()),
    Fault("full disk", fill_disk, empty_disk, ends=True),
    netem("packets late and out of order", "delay", "80ms", "60ms", "reorder", "25%"),
    netem("packets lost and doubled", "loss", "10%", "duplicate", "5%"),
    netem("packets damaged", "corrupt", "2%"),
    Fault("an older disk", put_back(lambda machine: machine.disks.put_back()), ends=True),
    Fault("an old backup", put_back(lambda machine: machine.disks.restore()), ends=True),
    Fault("a clone beside it", lambda machine: machine.disks.clone(), lambda machine: machine.disks.end_clone()),
    Fault("clock an hour ahead", step(3600), step(0), without_clock),
    Fault("clock a day back", step(-86400), step(0), without_clock),
    Fault("clock ten years ahead", step(315_360_000), step(0), without_clock),
]
