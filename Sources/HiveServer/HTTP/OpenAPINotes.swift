import HiveAPI

/// What the OpenAPI document says in words.
enum OpenAPINotes {
    static let introduction = """
        Lists are `{"items", "next"}`; `next` is the `cursor` of the following page, null on the last one. Times are RFC 3339 \
        in UTC. Ids may be shortened to a beginning that means one thing only. Errors are problem details (RFC 9457) with \
        a `code` for programs and a `hint` for people. A write that carries an `Idempotency-Key` is done once, however \
        often it is sent.
        """

    /// What a path's first word is about.
    static let tags: [String: String] = [
        "agents": "Who works here.", "analytics": "Numbers over time.", "audit": "Who did what.",
        "backups": "Encrypted copies of a node.", "beliefs": "What is held to be so.",
        "compliance": "How far rules are kept.", "conflicts": "Where writes disagree.",
        "forks": "Logs with two histories.",
        "consolidation": "What is done with memories each night.", "context": "What an agent should read first.",
        "decisions": "What the rules say.", "duplicates": "What is said twice.",
        "episodes": "What happened, told as it happens.", "events": "What happens on the node.",
        "export": "Taking memories along.", "federations": "Hives that share.", "import": "Bringing memories in.",
        "incidents": "What goes wrong, until it is well again.", "infrastructure": "What runs, and how it is.",
        "keys": "Encryption at rest.", "knowledge": "Who knows about what.", "lifecycle": "How memories age.",
        "lockdown": "Stopping the fleet.", "memories": "Keeping and finding memories.",
        "messages": "What agents tell each other.", "node": "The node itself.", "peers": "Other nodes.",
        "rollouts": "Changing the law in steps.", "rules": "The law.", "runbooks": "How things are done.",
        "scopes": "Who holds, reads and writes what.", "shares": "Giving to other hives.",
        "skills": "What was learnt.", "sync": "Keeping in step.", "tasks": "Work that is handed on.",
        "tokens": "Who may ask.", "working": "What an agent has in mind.",
    ]

    /// What parameters mean that many routes have.
    static let parameters: [String: String] = [
        "after": "The id of the last event that the listener has.",
        "agent": "The agent that wrote it.", "archived": "Whether archived memories are found, too.",
        "at": "As it was at this time.", "category": "The category, byte for byte.",
        "confidence": "Believed at least so far, 0 to 1.", "context": "The context, byte for byte.",
        "cursor": "`next` of the page before.", "depth": "How many links away, 1 to 8.",
        "explain": "Whether the answer says why.", "id": "An id, or the beginning of one.",
        "kind": "instant, episodic, semantic or procedural.",
        "limit": "How many items a page has at most.", "machine_id": "The name of the listener, for nobody but itself.",
        "meta": "`KEY=VALUE`; all that are given must hold.", "node": "A node's name, or the beginning of its id.",
        "object": "What a belief says.", "outcome": "How an episode ended.", "q": "The question.",
        "relation": "What a belief is about.",
        "scope": "`instance`, `agent:NAME`, `collective:NAME`, `universal`, or the beginning of an id.",
        "semantic": "Whether meaning counts beside words.", "since": "Changed at or after this time.",
        "source": "Where it comes from.", "status": "How it came to be known.", "subject": "Whom a belief is about.",
        "tag": "A tag; all that are given must be there.",
        "topics": "Topics of events, separated by commas; all where it is missing.",
        "until": "Changed before this time.", "user": "The user that it is about.",
        "Idempotency-Key": "The request is carried out once under this key, however often it is sent.",
        "If-Match": "The ETag of what was read: 412 where it has changed since.",
        "If-None-Match": "ETags that the caller has: 304 where one of them still holds.",
        "Last-Event-ID": "The same as `after`.",
    ]

    static func headerSchema(_ name: String) -> JSONValue {
        name == "Idempotency-Key" ? ["type": "string", "minLength": 1, "maxLength": 255] : ["type": "string"]
    }
}
