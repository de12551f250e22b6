import ArgumentParser

extension CompletionKind {
    static var memories: CompletionKind { .held(NodeWords(path: "/api/v1/memories", word: "id", about: "content")) }
    static var episodes: CompletionKind {
        .held(NodeWords(path: "/api/v1/memories", query: [("kind", "episodic")], word: "id", about: "content"))
    }
    static var skills: CompletionKind {
        .held(NodeWords(path: "/api/v1/memories", query: [("kind", "procedural")], word: "id", about: "content"))
    }
    static var incidents: CompletionKind { .held(NodeWords(path: "/api/v1/incidents", word: "id", about: "title")) }
    static var runbooks: CompletionKind { .held(NodeWords(path: "/api/v1/runbooks", word: "id", about: "title")) }
    static var conflicts: CompletionKind { .held(NodeWords(path: "/api/v1/conflicts", word: "id", about: "field")) }
    static var rules: CompletionKind { .held(NodeWords(path: "/api/v1/rules", word: "name", about: "effect")) }
    static var backups: CompletionKind { .held(NodeWords(path: "/api/v1/backups", word: "id", about: "createdAt")) }
    static var things: CompletionKind {
        .held(NodeWords(path: "/api/v1/infrastructure", word: "thing", about: "status"))
    }
    static var scopes: CompletionKind { .held(NodeWords(path: "/api/v1/scopes", word: "name", about: "role")) }

    /// What the node holds, asked for when somebody presses the key.
    private static func held(_ words: NodeWords) -> CompletionKind {
        .custom { arguments, _, prefix in await words.completions(arguments, prefix: prefix) }
    }
}
