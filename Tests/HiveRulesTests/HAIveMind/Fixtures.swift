/// Files of hAIveMind's shape, made for these tests.
enum Fixtures {
    /// A complete set: eight rules with integer priorities, dates, assignments and dependencies.
    static let set = """
        # Rules of the fleet "Orchard"
        export_timestamp: "2026-03-01T12:00:00Z"
        format_version: "1.0"
        rules:
          - id: "own-001"
            name: "Name the author"
            description: "Work is signed by the orchard's people"
            rule_type: "authorship"
            scope: "global"
            priority: 1000
            status: "active"
            conditions: []
            actions:
              - {action_type: "set", target: "author", value: "Pomona Quince", parameters: {}}
              - {action_type: "set", target: "house", value: "Orchard, Ltd", parameters: {}}
              - {action_type: "append", target: "signatures", value: "pq", parameters: {}}
            tags: ["authorship", "fleet"]
            created_at: "2026-01-01T09:00:00Z"
            created_by: "gardener"
            updated_at: "2026-01-02T09:00:00Z"
            updated_by: "gardener"
            version: 3
            conflict_resolution: "highest_priority"
            metadata: {policy: "Orchard 7", reviewers: ["ann", "bo"]}
          - id: "secrets-001"
            name: "No secrets leave"
            description: "Keys and passwords stay at home"
            rule_type: "security"
            scope: "global"
            priority: 1000
            status: "active"
            conditions:
              - {field: "task_type", operator: "in", value: ["writing", "committing"], case_sensitive: false}
            actions:
              - action_type: "validate"
                target: "code_content"
                value: "no_secrets"
                parameters: {patterns: ["orchard[_-]?key\\\\s*="]}
              - action_type: "block"
                target: "secret_exposure"
                value: true
                parameters: {message: "A secret was found"}
            tags: ["security"]
            version: 1
            conflict_resolution: "highest_priority"
            metadata: {}
          - id: "intent-001"
            name: "Defend, never attack"
            description: "Only defensive work"
            rule_type: "security"
            scope: "global"
            priority: 1000
            status: "active"
            conditions: []
            actions:
              - {action_type: "validate", target: "code_intent", value: "defensive_only", parameters: {}}
              - {action_type: "block", target: "malicious_code", value: true, parameters: {}}
          - id: "style-001"
            name: "Few comments"
            description: "Comments only where they are asked for"
            rule_type: "coding_style"
            scope: "global"
            priority: 750
            status: "active"
            conditions:
              - {field: "task_type", operator: "eq", value: "writing", case_sensitive: false}
            actions:
              - {action_type: "set", target: "add_comments", value: false}
              - {action_type: "validate", target: "comment_request", value: "explicit"}
            conflict_resolution: "most_specific"
          - id: "brief-001"
            name: "Be brief"
            description: "Short answers"
            rule_type: "communication"
            scope: "global"
            priority: 500
            status: "active"
            conditions: []
            actions:
              - {action_type: "set", target: "response_style", value: "concise"}
              - {action_type: "set", target: "max_response_lines", value: 4}
              - {action_type: "append", target: "signatures", value: "brief"}
            conflict_resolution: "most_specific"
          - id: "log-001"
            name: "Log more in the press"
            description: "The cider press is watched closely"
            rule_type: "operational"
            scope: "project"
            priority: 600
            status: "active"
            conditions:
              - {field: "project_id", operator: "eq", value: "Press", case_sensitive: false}
            actions:
              - {action_type: "set", target: "logging_level", value: "debug", parameters: {rotate: 0.5}}
              - {action_type: "merge", target: "limits", value: {cpu: 2}}
            effective_from: "2026-02-01T00:00:00Z"
            effective_until: "2027-02-01T00:00:00Z"
            conflict_resolution: "most_specific"
          - id: "reviewer-001"
            name: "Reviewers are careful"
            description: "What the reviewer may do"
            rule_type: "workflow"
            scope: "agent"
            priority: 400
            status: "active"
            conditions: []
            actions:
              - {action_type: "set", target: "tool_use", value: "conservative"}
              - {action_type: "merge", target: "limits", value: {memory: 1}}
              - {action_type: "invoke", target: "audit_log", value: "reviewed", parameters: {level: 2}}
            conflict_resolution: "most_specific"
          - id: "night-001"
            name: "No deployments by the nightly agent"
            description: "Deployments wait for the morning"
            rule_type: "compliance"
            scope: "global"
            priority: 850
            status: "testing"
            conditions:
              - {field: "operation_type", operator: "eq", value: "deploy"}
            actions:
              - {action_type: "block", target: "deploy", value: "wait for the morning"}
            x_reviewed: true
        dependencies:
          - {rule_id: "log-001", depends_on_rule_id: "style-001", dependency_type: "enhances"}
          - {rule_id: "reviewer-001", depends_on_rule_id: "brief-001", type: "requires"}
        assignments:
          - {rule_id: "log-001", scope_type: "project", scope_id: "Press", priority_override: 650}
          - rule_id: "reviewer-001"
            scope_type: "agent"
            scope_id: "rev-1"
            effective_from: "2026-02-01T00:00:00Z"
            effective_until: "2026-12-01T00:00:00Z"
        metadata: {exported_by: "orchard tool", rule_count: 8, coverage: ["global", "project", "agent"]}
        x_origin: {room: 7}
        """

    /// Six rules of the kind that every installation begins with.
    static let defaults = """
        {"format_version": "1.0", "rules": [
          {"id": "auth-001", "name": "Sign", "rule_type": "authorship", "scope": "global", "priority": 1000,
           "actions": [{"action_type": "set", "target": "author", "value": "Pomona Quince"},
                       {"action_type": "set", "target": "disable_ai_attribution", "value": true}]},
          {"id": "sec-001", "name": "No secrets", "rule_type": "security", "scope": "global", "priority": "CRITICAL",
           "actions": [{"action_type": "validate", "target": "code_content", "value": "no_secrets"},
                       {"action_type": "validate", "target": "commit_content", "value": "no_secrets"},
                       {"action_type": "block", "target": "secret_exposure", "value": true}]},
          {"id": "sec-002", "name": "Defensive only", "rule_type": "security", "scope": "global", "priority": 1000,
           "actions": [{"action_type": "validate", "target": "code_intent", "value": "defensive_only"},
                       {"action_type": "block", "target": "malicious_code", "value": true}]},
          {"id": "code-001", "name": "Few comments", "rule_type": "coding_style", "priority": "HIGH",
           "actions": [{"action_type": "set", "target": "add_comments", "value": false},
                       {"action_type": "validate", "target": "user_comment_request", "value": "explicit"}]},
          {"id": "comm-001", "name": "Brief", "rule_type": "communication", "priority": 500,
           "actions": [{"action_type": "set", "target": "response_style", "value": "concise"},
                       {"action_type": "set", "target": "max_response_lines", "value": 4}]},
          {"id": "comm-002", "name": "Plain \\ud83c\\udf4e \\/ text", "rule_type": "communication", "priority": 750,
           "actions": [{"action_type": "set", "target": "use_emojis", "value": false},
                       {"action_type": "validate", "target": "user_emoji_request", "value": "explicit"}]}
        ]}
        """

    /// One rule alone, without an id.
    static let single = """
        name: "Careful Logs"
        description: "Logs of the press"
        rule_type: "operational"
        scope: "project"
        priority: 600
        status: "active"
        conditions:
          - {field: "project_id", operator: "eq", value: "press", case_sensitive: false}
          - {field: "file_type", operator: "in", value: ["py", "js"], case_sensitive: false}
        actions:
          - {action_type: "set", target: "logging_level", value: "debug", parameters: {}}
        tags: ["logging"]
        metadata:
          thresholds: {error_rate: 0.01, time: 5000}
        dependencies:
          - {rule_id: "elsewhere-001", dependency_type: "enhances"}
        effective_from: "2026-01-01T00:00:00Z"
        """
}
