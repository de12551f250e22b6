"""The workloads that every engine gets: expressions with the variables they look at, and sets of rules with questions.

The expressions are those that cel-go (test/bench, BenchmarkEvalOptions) and cel-rust (benches/runtime.rs) measure
themselves by. Each rule is given in the terms of all engines; the verdicts are worked out here, by none of them.
"""

import random

SIZES = [10, 100, 1_000, 10_000]
TOOLS = ["Bash", "Edit", "Write", "Read", "Fetch", "Task", "Search", "Notebook"]

GO_LETTERS = {"list_value": ["a", "b", "c", "d"]}
GO_WORDS = {"list_value": ["abc", "bcd", "cde", "def"]}

# expression, variables, and where an engine spells it in another way, how.
CEL_GO = [
    ("string_value == 'value'", {"string_value": "value"}),
    ("string_value != 'value'", {"string_value": "value"}),
    ("'value' in list_value", {"list_value": ["a", "b", "c", "value"]}),
    ("!('value' in list_value)", GO_LETTERS),
    ("x in ['a', 'b', 'c', 'd']", {"x": "c"}),
    ("!(x in ['a', 'b', 'c', 'd'])", {"x": "e"}),
    ("x in list_value", {"x": "c", **GO_LETTERS}),
    ("!(x in list_value)", {"x": "e", **GO_LETTERS}),
    ("list_value.exists(e, e.contains('cd'))", GO_WORDS),
    ("list_value.exists(e, e.startsWith('cd'))", GO_WORDS),
    ("list_value.exists(e, e.matches('cd*'))", GO_WORDS),
    ("list_value.filter(e, e.matches('^cd+')) == ['cde']", GO_WORDS),
    ("'formatted list: %s, size: %d'.format([['abc', 'cde'], 2])", {}),
    ("ai == 20 || ar['foo'] == 'bar'", {"ai": 2, "ar": {"foo": "bar"}}),
]

RUST_VARIABLES = {"foo": {"bar": 1}, "apple": True, "a": 1, "banana": False}
CEL_RUST = """
(false || true) ? 1 : 2
(true ? false : true) ? 1 : 2
false || true
true && false
true && (false ? 2 : 3) > 2
1
[1,2,3]
[1]
[a, 2]
[1,2,3] + [4, 5, 6]
[1,2,3][1]
{1: 2, '3': '4'}
'abc' + 'def'
{1 + a: 3}
[1].size()
size([1])
'a'.size()
size('a')
{1:2}.size()
size({1:2})
foo.bar
has(foo.bar.baz)
[1, 2, 3].map(x, x * 2)
[1, 2, 3].filter(x, x > 2)
[1, 2, 3].all(x, x > 0)
{0: 0, 1:1, 2:2}.all(x, x >= 0)
math.greatest(1, 2, 3)
math.greatest(-1, 0, 1)
math.greatest(-1.0, 0.0, 1.0)
duration('1s')
timestamp('2023-05-28T00:00:00Z')
banana
apple
""".strip().splitlines() + [" && ".join(["true"] * 58)]


def expressions():
    """All expressions, in their order; `max` of cel-rust is `math.greatest` in the language's own library."""
    cases = [{"set": "cel-go", "expression": e, "variables": v} for e, v in CEL_GO]
    return cases + [{"set": "cel-rust", "expression": e, "variables": RUST_VARIABLES} for e in CEL_RUST]


def rule_set(kind, count):
    """Rules of one kind with 64 questions; half of the verdicts are denials."""
    make = {"selective": selective, "patterns": patterns, "conditions": conditions}[kind]
    rng = random.Random(count)
    rules = [make(number) for number in range(count)]
    for rule in rules:
        rule["yaml"] = yaml(rule)
    return {"kind": kind, "count": count, "rules": rules, "questions": questions(kind, count, rng)}


def selective(number):
    """Tools and branches are shared, each rule guards a folder of its own: an index can tell them apart."""
    return {
        "name": f"rule-{number}",
        "tool": TOOLS[number % len(TOOLS)],
        "prefix": f"services/s{number}/",
        "branch": f"release-{number % 16}",
        "unless": "release-manager",
    }


def patterns(number):
    """One tool and a regular expression each, none of which begins or ends in a text of its own."""
    digits = "".join(f"[{digit}{digit}]" for digit in str(number))
    return {
        "name": f"rule-{number}",
        "tool": "Bash",
        "pattern": f"push +[b]0*{digits}$",
        "like": f"*push *b{number}",
    }


def conditions(number):
    """One tool and two fields of which either suffices, so that no index can leave a rule out."""
    return {"name": f"rule-{number}", "tool": "Bash", "branch": f"b{number}", "prefix": f"services/s{number}/"}


def condition(rule):
    """What the rule asks beside its tool, in CEL over `path`, `command`, `git` and `agent`."""
    if "pattern" in rule:
        return f"command.matches('{rule['pattern']}')"
    if "unless" in rule:
        return (
            f"path.startsWith('{rule['prefix']}') && git.branch == '{rule['branch']}' "
            f"&& !('{rule['unless']}' in agent.roles)"
        )
    return f"git.branch == '{rule['branch']}' || path.startsWith('{rule['prefix']}')"


def yaml(rule):
    return (
        f"apiVersion: hive/v1\nkind: Rule\nmetadata: {{name: {rule['name']}}}\n"
        f"spec:\n  match: {{events: [tool.pre], tools: [{rule['tool']}]}}\n"
        f'  when: "{condition(rule)}"\n  effect: deny\n'
    )


def questions(kind, count, rng):
    asked = []
    for place in range(64):
        number = rng.randrange(count)
        question = {"tool": "Bash", "path": "docs/index.md", "command": "git log -1", "branch": "topic"}
        question |= {"roles": ["dev"], "allowed": place % 2 == 0}
        if kind == "selective":
            question |= {
                "tool": TOOLS[number % len(TOOLS)],
                "path": f"services/s{number}/main.swift",
                "branch": f"release-{number % 16}",
            }
            if place % 4 == 0:
                question["roles"] = ["dev", "release-manager"]
            elif place % 4 == 2:
                question["path"] = "docs/index.md"
        elif not question["allowed"]:
            if kind == "patterns":
                question["command"] = f"git push origin push b{number}"
            elif place % 4 == 1:
                question["branch"] = f"b{number}"
            else:
                question["path"] = f"services/s{number}/main.swift"
        elif kind == "patterns":
            question["command"] = f"git push origin topic-{number}"
        asked.append(question)
    return asked
