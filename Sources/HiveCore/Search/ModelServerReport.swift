/// How it is with a server that models run on.
public struct ModelServerReport: Sendable, Hashable {
    /// Whether calls are let through to a server that failed.
    public enum Circuit: String, Sendable, Hashable, CaseIterable {
        /// All calls are made.
        case closed
        /// One call is made, to see whether the server is back.
        case halfOpen = "half-open"
        /// No call is made for a while.
        case open
    }

    /// What kind of server it is: `openai` or `ollama`.
    public var provider: String
    /// Without credentials.
    public var url: String
    /// The circuit of each kind of call, by its name.
    public var circuits: [String: Circuit]
    /// Calls since the start.
    public var requests: UInt64
    public var failures: UInt64
    /// Texts that the server would not embed, and that are found by their words only.
    public var refused: UInt64
    /// Milliseconds until a circuit lets calls through again; nil where none is open.
    public var pause: Int64?
    /// Why calls failed in the last minute, and what to do; nil once one succeeded.
    public var problem: String?

    public init(provider: String, url: String) {
        self.provider = provider
        self.url = url
        circuits = [:]
        requests = 0
        failures = 0
        refused = 0
    }
}
