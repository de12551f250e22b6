"""cel-rust, through its Python binding: single evaluations, and a loop over rules."""

import sys

import cel
import peer
import workloads

PACKAGE = "common-expression-language"


def compile_expression(source, variables):
    program = cel.compile(source)
    context = cel.Context(variables=variables)
    return lambda: program.execute(context)


class Loop:
    """Asks one rule after the other until one applies, each with the same prepared context."""

    def __init__(self, rules):
        self.programs = [
            cel.compile(f"tool == '{rule['tool']}' && ({workloads.condition(rule)})") for rule in rules
        ]

    def prepared(self, question):
        return cel.Context(
            variables={
                "tool": question["tool"],
                "path": question["path"],
                "command": question["command"],
                "git": {"branch": question["branch"]},
                "agent": {"roles": question["roles"]},
            }
        )

    def __call__(self, context):
        return not any(program.execute(context) for program in self.programs)


if __name__ == "__main__":
    peer.expressions(compile_expression) if sys.argv[1] == "expressions" else peer.rules(Loop)
