"""What the peers share: reading a workload, timing, and the line of JSON at the end."""

import importlib.metadata
import json
import sys
import time


def read():
    with open(sys.argv[2], encoding="utf-8") as file:
        return json.load(file)


def percentiles(samples):
    ordered = sorted(samples)
    at = lambda share: ordered[min(len(ordered) - 1, int(len(ordered) * share))]
    return {"p50": at(0.5), "p99": at(0.99), "samples": len(ordered)}


def least(run):
    """Nanoseconds for one call: the least of five runs of about ten milliseconds each."""
    rounds = 1
    while True:
        start = time.perf_counter_ns()
        for _ in range(rounds):
            run()
        if time.perf_counter_ns() - start > 5_000_000:
            break
        rounds *= 2
    best = None
    for _ in range(5):
        start = time.perf_counter_ns()
        for _ in range(rounds * 2):
            run()
        taken = (time.perf_counter_ns() - start) / (rounds * 2)
        best = taken if best is None else min(best, taken)
    return best


def plain(value):
    """A value as JSON has it; times as their texts in seconds."""
    if hasattr(value, "total_seconds"):
        return f"{value.total_seconds():g}s"
    if hasattr(value, "timestamp"):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return value


def expressions(compile_expression):
    """Evaluates each expression. `compile_expression` gives a function without arguments, or raises where the engine
    does not know the expression."""
    answers = []
    for case in read():
        try:
            run = compile_expression(case["expression"], case["variables"])
            answer = {"value": plain(run())}
        except Exception as error:
            answers.append({"error": True, "why": str(error)[:200]})
            continue
        answer["nanoseconds"] = least(run)
        answers.append(answer)
    show({"answers": answers})


def rules(prepare, seconds=2.0):
    """Times each decision by itself. `prepare` takes the rules and gives a function from a question to whether it is
    allowed."""
    workload = read()
    start = time.perf_counter_ns()
    decide = prepare(workload["rules"])
    compiling = time.perf_counter_ns() - start
    questions = [(question, decide.prepared(question)) for question in workload["questions"]]
    samples = {True: [], False: []}
    end = time.perf_counter_ns() + int(seconds * 1e9)
    while time.perf_counter_ns() < end or not samples[False]:
        for question, prepared in questions:
            start = time.perf_counter_ns()
            allowed = decide(prepared)
            samples[allowed].append(time.perf_counter_ns() - start)
            if allowed != question["allowed"]:
                sys.exit(f"the verdict should be {question['allowed']}: {question}")
    show({"compile_ns": compiling, "allow": percentiles(samples[True]), "deny": percentiles(samples[False])})


def show(result):
    result["version"] = importlib.metadata.version(sys.modules["__main__"].PACKAGE)
    print(json.dumps(result))
