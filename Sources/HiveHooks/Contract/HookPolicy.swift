/// What becomes of a tool's call that nobody can decide about: the node does not run, or its answer makes no sense.
public enum HookPolicy: String, Sendable, Hashable, CaseIterable {
    case deny
    case ask
    case allow

    /// Reads `{"hooks": {"withoutNode": "ask"}}`. Whatever else the bytes are, it denies.
    public init(reading bytes: [UInt8]) {
        guard let outer = JSONMembers(bytes), let inner = outer.object("hooks"),
            let word = inner.text("withoutNode"), let policy = HookPolicy(rawValue: word)
        else {
            self = .deny
            return
        }
        self = policy
    }

    /// The file's text.
    public var text: String { "{\"hooks\": {\"withoutNode\": \"\(rawValue)\"}}\n" }
}
