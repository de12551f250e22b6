"""Cedar, through its Python binding, with policies and entities parsed beforehand."""

import cedarpy
import peer

PACKAGE = "cedarpy"


class Authorizer:
    """Each rule is a `forbid`, beside one `permit` for everything. Cedar has no regular expressions: it gets the
    pattern with wildcards that means the same for the questions asked."""

    def __init__(self, rules):
        policies = "\n".join(self.policy(rule) for rule in rules)
        self.policies = cedarpy.PolicySet.from_str("permit(principal, action, resource);\n" + policies)
        self.entities = cedarpy.Entities.from_json_str("[]")

    @staticmethod
    def policy(rule):
        if "like" in rule:
            condition = f'context.command like "{rule["like"]}"'
        elif "unless" in rule:
            condition = (
                f'context.path like "{rule["prefix"]}*" && context.branch == "{rule["branch"]}" '
                f'&& !context.roles.contains("{rule["unless"]}")'
            )
        else:
            condition = f'context.branch == "{rule["branch"]}" || context.path like "{rule["prefix"]}*"'
        return f'forbid(principal, action == Action::"{rule["tool"]}", resource) when {{ {condition} }};'

    def prepared(self, question):
        return {
            "principal": 'Agent::"a"',
            "action": f'Action::"{question["tool"]}"',
            "resource": 'Machine::"m"',
            "context": {key: question[key] for key in ("path", "command", "branch", "roles")},
        }

    def __call__(self, request):
        result = cedarpy.is_authorized(request, self.policies, self.entities)
        if result.diagnostics.errors:
            raise SystemExit(f"Cedar could not answer: {result.diagnostics.errors}")
        return result.allowed


if __name__ == "__main__":
    peer.rules(Authorizer)
