"""Casbin in Python: one policy line a rule, one matcher for all of them."""

import logging
import re

import casbin
import peer

PACKAGE = "pycasbin"

MATCHERS = {
    "selective": "r.tool == p.tool && under(r.path, p.a) && r.branch == p.b && lacks(r.roles, p.c)",
    "patterns": "r.tool == p.tool && fits(r.command, p.a)",
    "conditions": "r.tool == p.tool && (r.branch == p.b || under(r.path, p.a))",
}


def model(matcher):
    text = f"""
[request_definition]
r = tool, path, command, branch, roles
[policy_definition]
p = tool, a, b, c, eft
[policy_effect]
e = !some(where (p.eft == deny))
[matchers]
m = {matcher}
"""
    model = casbin.Model()
    model.load_model_from_text(text)
    return model


class Enforcer:
    def __init__(self, rules):
        logging.disable(logging.CRITICAL)
        kind = "patterns" if "pattern" in rules[0] else "selective" if "unless" in rules[0] else "conditions"
        self.enforcer = casbin.Enforcer(model(MATCHERS[kind]))
        self.enforcer.add_function("under", lambda path, prefix: path.startswith(prefix))
        self.enforcer.add_function("lacks", lambda roles, role: role not in roles)
        compiled = {rule["pattern"]: re.compile(rule["pattern"]) for rule in rules if "pattern" in rule}
        self.enforcer.add_function("fits", lambda text, pattern: compiled[pattern].search(text) is not None)
        self.enforcer.add_policies([self.line(rule) for rule in rules])

    @staticmethod
    def line(rule):
        first = rule.get("pattern") or rule["prefix"]
        return [rule["tool"], first, rule.get("branch", ""), rule.get("unless", ""), "deny"]

    def prepared(self, question):
        return [question[key] for key in ("tool", "path", "command", "branch", "roles")]

    def __call__(self, request):
        return self.enforcer.enforce(*request)


if __name__ == "__main__":
    peer.rules(Enforcer)
