import HiveAPI

/// Requests as people send them, by the name of their shape. A request without one here has the least that it takes.
enum OpenAPIExamples {
    static func body(of route: Route) -> JSONValue {
        guard let body = route.input.body else { return decision }
        return byShape[body.name] ?? body.shape.sample
    }

    private static let decision: JSONValue = [
        "event": "tool.pre", "tool": "Bash", "command": "git push --force origin main", "git": ["branch": "main"],
    ]

    private static let byShape: [String: JSONValue] = [
        "StoreMemory": [
            "content": "kube-proxy on web-3 needs a restart after each upgrade", "tags": ["kubernetes"],
            "category": "infrastructure", "confidence": 0.9,
        ],
        "UpdateMemory": ["addTags": ["verified"], "confidence": 0.95],
        "EraseMemory": ["now": false],
        "AssessMemory": ["reason": "asked the server"],
        "RetractMemory": ["reason": "it was web-4"],
        "LinkMemory": ["relation": "caused_by", "target": "3f2a91c0"],
        "PromoteMemory": ["to": "collective:main"],
        "MergeMemories": ["others": ["9c1d77e2"]],
        "ResolveConflict": ["take": "newest"], "ResolveFork": ["give_up": true],
        "ResolveConflicts": ["where": #"conflict.kind == "value""#, "take": "newest", "dryRun": true],
        "InvitePeer": ["role": "writer", "expiresIn": 3600],
        "CreateScope": ["name": "collective:platform"],
        "GrantScope": ["role": "writer"],
        "RollbackRule": ["to": "6"],
        "PushRules": [
            "set": "team",
            "sources": [
                [
                    "path": "team/quiet-hosts.yaml",
                    "text": .string(
                        """
                        apiVersion: hive/v1
                        kind: Rule
                        metadata: {name: quiet-hosts}
                        spec: {match: {events: [tool.pre], tools: [WebFetch]}, effect: warn, message: "'see the list'"}
                        """),
                ]
            ],
        ],
        "OpenIncident": ["title": "checkout answers 502", "severity": "high", "systems": ["checkout"]],
        "RecordInfrastructure": ["machine": "web-3", "component": "nginx", "status": "ok"],
        "StartEpisode": ["title": "gateway answers 502 on web-3", "tags": ["gateway"]],
        "AppendEvent": ["text": "envoy restarted"],
        "EndEpisode": ["outcome": "success", "significance": 0.8],
    ]
}
