"""Writes what was measured as Markdown."""

import math

NAMES = {"hive": "Hive", "cel_rust": "cel-rust", "cel_cpp": "cel-cpp", "cedar": "Cedar", "casbin": "Casbin"}
KINDS = {
    "selective": "Rules that an index can tell apart: eight tools, sixteen branches, a folder each.",
    "patterns": "Adversarial: one tool, a regular expression each. Cedar has none and gets wildcards instead.",
    "conditions": "Adversarial: one tool, either of two fields suffices, so that every rule must be asked.",
}


def geometric(values):
    return math.exp(sum(math.log(value) for value in values) / len(values))


def time(nanoseconds):
    for unit, size in (("s", 1e9), ("ms", 1e6), ("µs", 1e3)):
        if nanoseconds >= size:
            return f"{float(f'{nanoseconds / size:.3g}'):g} {unit}"
    return f"{nanoseconds:.0f} ns"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def expressions(cases, answers):
    """All expressions with the time of each engine; the means are over those that all three can answer."""
    peers = [name for name in answers if name != "hive"]
    rows, ratios = [], {(name, kind): [] for name in peers for kind in ("cel-go", "cel-rust")}
    for place, case in enumerate(cases):
        own = answers["hive"][place]["nanoseconds"]
        source = case["expression"] if len(case["expression"]) < 60 else case["expression"][:24] + " … (58 operands)"
        row = ["`" + source.replace("|", "\\|") + "`", f"{own:.0f}"]
        for name in peers:
            other = answers[name][place].get("nanoseconds")
            row += ["no answer", ""] if other is None else [f"{other:.0f}", f"{other / own:.1f}"]
            if other is not None:
                ratios[name, case["set"]].append(other / own)
        rows.append(row)
    head = ["expression", "Hive, ns"] + [text for name in peers for text in (f"{NAMES[name]}, ns", "times as long")]
    means = []
    for name in peers:
        both = [len(ratios[name, kind]) for kind in ("cel-go", "cel-rust")]
        means.append(
            f"- {NAMES[name]} takes {geometric(ratios[name, 'cel-go']):.1f} times as long over cel-go's set "
            f"({both[0]} expressions that it answers), {geometric(ratios[name, 'cel-rust']):.1f} times over "
            f"cel-rust's ({both[1]}); geometric means"
        )
    return "\n".join(means) + "\n\n" + table(head, rows)


def rule_sets(results):
    parts = []
    for kind, text in KINDS.items():
        rows = []
        for (of, count), engines in results.items():
            if of != kind:
                continue
            own = engines["hive"]
            for name, result in engines.items():
                ratio = result["deny"]["p50"] / own["deny"]["p50"]
                times = [time(result[verdict][share]) for verdict in ("deny", "allow") for share in ("p50", "p99")]
                rows.append([f"{count:,} rules, {NAMES[name]}", *times, "" if name == "hive" else f"{ratio:,.1f}"])
        head = ["", "deny, p50", "deny, p99", "allow, p50", "allow, p99", "denial, times as long as Hive"]
        parts.append(f"{text}\n\n{table(head, rows)}")
    return "\n\n".join(parts)


def counts(counted, results):
    if not counted:
        return "Not counted: valgrind is missing on this machine."
    rows = [
        [f"{kind}, {count:,} rules", f"{found['instructions']:,.0f}", f"{found['allocations']:.1f}",
         f"{results[kind, count]['hive']['candidates']:.2f}"]
        for (kind, count), found in counted.items()
    ]
    return table(["one decision", "instructions", "allocations", "rules asked"], rows)


def compiling(results):
    rows = []
    for (kind, count), engines in results.items():
        if kind == "selective" and count >= 1000:
            own = engines["hive"]
            rows.append([f"{count:,} rules", time(own["compile_ns"]), f"{own['resident_kb'] / 1024:.0f} MiB"])
    return table(["from YAML to a set that decides", "time", "more memory"], rows)


def write(path, machine, versions, cases, answers, results, counted, swap):
    versions = ", ".join(f"{name} {version}" for name, version in versions.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"""# The law beside its peers

Written by `make bench-law`. {machine}
Peers: {versions}.

Each engine ran in a process of its own, one after the other, in one run. The peers are libraries in C++, Rust and Python
behind Python bindings, and what the bindings cost is in their times. Ratios travel between machines, absolute numbers do not.

## Single evaluations

The expressions by which cel-go and cel-rust measure themselves, compiled beforehand, with the variables in place. Where two
engines answer, they answered the same.

{expressions(cases, answers)}

## Sets of rules

One decision each, timed by itself with the cost of the clock, over 64 questions, half of them denied. All engines gave the
verdicts that were worked out beforehand. Hive's decision comes with its message, the rule's version, the values that mattered
and all other rules that applied; the loop over cel-rust programs says yes or no and stops at the first rule that holds.

{rule_sets(results)}

## Counts

{counts(counted, results)}

{compiling(results)}

## Swapping under load

{swap['readers']} threads decided {swap['decisions']:,} times without pause while another one activated {swap['swaps']:,}
versions of a set. Late decisions, by a law older than the one in force when they were asked for: {swap['late']}.
Mixed decisions, with parts of two versions: {swap['mixed']}.
A decision took {time(swap['decision']['p50'])} (p50), {time(swap['decision']['p99'])} (p99).
""",
        encoding="utf-8",
    )
