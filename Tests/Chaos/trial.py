"""One run: a phase in which anything may go wrong, a phase in which everything must come right, and the audit."""

import collections
import http.client
import random
import time

import faults
from machine import PORT, Machine
from network import Network
from relay import Relay
from writers import Writers


class Trial:
    def __init__(self, options, base):
        self.options = options
        self.random = random.Random(options.seed)
        names = [f"m{number}" for number in range(options.machines)]
        network = Network(names)
        self.machines = [Machine(name, network.links[name], base, options.build.resolve()) for name in names]
        for machine in self.machines:
            machine.relay = Relay(machine.link.relay, machine.link.address, PORT)
        self.done = collections.Counter()
        self.current = {}
        self.mended = {}
        self.problems = []

    def run(self):
        self.found()
        writers = Writers(self.machines, pause=0.3 if self.options.kills else 0.02)
        if self.options.kills:
            self.kill_again_and_again()
        else:
            self.let_faults_happen()
        print(f"{len(writers.acknowledged)} acknowledged, {writers.refused} refused, until all is mended", flush=True)
        self.mend(list(self.current))
        self.supervise()
        for machine in self.machines:
            machine.wait_until_ready(120)
        time.sleep(2)
        writers.finish()
        self.audit(writers.acknowledged)
        for machine in self.machines:
            machine.stop()
        return self.problems

    def let_faults_happen(self):
        chosen = self.chosen()
        for machine in self.machines:
            machine.disks.keep()
        began = time.monotonic()
        while time.monotonic() - began < self.options.seconds:
            self.inject(chosen)
            time.sleep(self.random.uniform(0.5, 3))
            self.mend(self.random.sample(sorted(self.current), k=min(len(self.current), self.random.randint(0, 2))))
            self.supervise()

    def kill_again_and_again(self):
        """Rounds of kill -9 in the midst of writes, of one node or of several at once."""
        while self.done["kill -9"] < self.options.kills:
            time.sleep(self.random.uniform(0, 0.7))
            left = self.options.kills - self.done["kill -9"]
            count = min(left, 1 if self.random.random() < 0.8 else len(self.machines))
            killed = self.random.sample(self.machines, k=count)
            for machine in killed:
                machine.kill()
            for machine in killed:
                machine.start()
            for machine in killed:
                machine.wait_until_ready()
            self.done["kill -9"] += len(killed)
            if self.done["kill -9"] // 50 != (self.done["kill -9"] - len(killed)) // 50:
                print(f"{self.done['kill -9']} of {self.options.kills}", flush=True)

    def found(self):
        """One hive over all machines, the second a steward, so that the law can go on without the first."""
        for machine in self.machines:
            machine.start()
            machine.wait_until_ready()
        for place, machine in enumerate(self.machines[1:]):
            line = self.machines[0].ctl("peers", "invite", "--role", "steward" if place == 0 else "writer")["line"]
            machine.ctl("peers", "join", line)

    def chosen(self):
        """Each run has some of the faults: what all of them together hide, a few may show."""
        usable = []
        for fault in faults.ALL:
            if reason := fault.lacks():
                print(f"without `{fault.name}`: {reason}")
            else:
                usable.append(fault)
        chosen = self.random.sample(usable, k=self.random.randint(max(1, len(usable) // 2), len(usable)))
        if self.options.only:
            chosen = [fault for fault in usable if fault.name in self.options.only]
            if not chosen:
                raise SystemExit("none of these is a fault: " + ", ".join(self.options.only))
        print("with " + ", ".join(fault.name for fault in chosen), flush=True)
        return chosen

    def inject(self, chosen):
        machine, fault = self.random.choice(self.machines), self.random.choice(chosen)
        if machine.name in self.current or not machine.is_running:
            return
        self.current[machine.name] = (machine, fault)
        self.done[fault.name] += 1
        fault.begin(machine)

    def mend(self, names):
        for name in names:
            machine, fault = self.current.pop(name)
            self.mended[name] = fault
            fault.end(machine)

    def supervise(self):
        """Starts what is not meant to be away any more. A node that ended without a cause has not held."""
        for machine in self.machines:
            if machine.is_running:
                continue
            fault = self.current[machine.name][1] if machine.name in self.current else self.mended.pop(machine.name, None)
            if fault is None or not fault.ends:
                self.problems.append(
                    f"{machine.name} ended with {machine.process.returncode} ({fault.name if fault else 'nothing was done to it'}):"
                    f" {machine.log.read_text()[-1500:]}")
            if machine.name not in self.current or (fault and not fault.ends):
                machine.start()
        self.mended.clear()

    def audit(self, acknowledged):
        """What was acknowledged is everywhere. What a disk took with it that is gone may be nowhere, but not in part."""
        began = time.monotonic()
        lost = set().union(*(machine.disks.lost for machine in self.machines))
        while True:
            held = [self.held_or_nothing(machine) for machine in self.machines]
            wanted = (set(acknowledged) - lost) | (set(acknowledged) & lost & set().union(*held))
            if all(wanted <= one for one in held) or time.monotonic() > began + 180:
                break
            time.sleep(0.5)
        for machine, one in zip(self.machines, held):
            if missing := sorted(wanted - one):
                self.problems.append(f"{machine.name} lacks {len(missing)} acknowledged memories, as {missing[0]}")
            if not machine.ctl("verify", "--rebuild")["ok"]:
                self.problems.append(f"{machine.name} is not what its logs say")
            if machine.disks.goes_on_in_an_old_life:
                self.problems.append(f"{machine.name} goes on in the life of a disk that is gone")
        gone = len(set(acknowledged) - wanted)
        print(f"{sum(self.done.values())} faults: " + ", ".join(f"{n} × {name}" for name, n in self.done.most_common()))
        print(
            f"{len(wanted)} memories on {len(self.machines)} machines, agreed after {time.monotonic() - began:.1f} s"
            + (f"; {gone} were only on disks that are gone" if gone else ""))

    def held_or_nothing(self, machine):
        try:
            return self.held(machine)
        except (OSError, http.client.HTTPException):
            return set()

    @staticmethod
    def held(machine):
        held, cursor = set(), ""
        while True:
            _, page = machine.ask("GET", f"/api/v1/memories?limit=1000&scope=collective:main{cursor}", seconds=30)
            held |= {item["id"] for item in page["items"]}
            if page["next"] is None:
                return held
            cursor = f"&cursor={page['next']}"
