public import HiveAPI
public import HiveCore

/// What surrounds one message: who sent it, when, and by which road.
public struct MCPContext: Sendable {
    public let caller: Caller
    public let now: Timestamp
    /// The protocol's headers where the message came over HTTP; nil on roads that have none.
    public let headers: Headers?

    public init(caller: Caller, now: Timestamp, headers: Headers? = nil) {
        self.caller = caller
        self.now = now
        self.headers = headers
    }

    /// The headers that repeat what the message says, so that gateways need not read it.
    public struct Headers: Sendable, Hashable {
        /// `MCP-Protocol-Version`
        public let version: String?
        /// `Mcp-Method`
        public let method: String?
        /// `Mcp-Name`
        public let name: String?

        public init(version: String? = nil, method: String? = nil, name: String? = nil) {
            self.version = version
            self.method = method
            self.name = name
        }
    }

    /// Whether the message may hold several: one legacy revision has that, and it is assumed where none is named.
    var allowsBatches: Bool { (headers?.version ?? ProtocolVersion.batching) == ProtocolVersion.batching }
}
