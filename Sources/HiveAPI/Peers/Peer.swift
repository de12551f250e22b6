/// Another node as this one knows it.
public struct Peer: JSONRecord {
    /// Its id.
    public var node: String
    public var name: String?
    /// `HOST:PORT`, where this node dials it.
    public var address: String?
    /// `reader`, `appender`, `writer` or `steward` in the hive's main scope.
    public var role: String?
    public var state: State
    /// Since when it has been in that state.
    public var since: String?
    public var lastSeen: String?
    /// Operations that it has not yet acknowledged.
    public var lag: Int?
    public var bytesSent: Int
    public var bytesReceived: Int
    /// Why it is not connected.
    public var problem: String?

    public init(
        node: String, name: String? = nil, address: String? = nil, role: String? = nil, state: State = .offline,
        since: String? = nil, lastSeen: String? = nil, lag: Int? = nil, bytesSent: Int = 0, bytesReceived: Int = 0,
        problem: String? = nil
    ) {
        self.node = node
        self.name = name
        self.address = address
        self.role = role
        self.state = state
        self.since = since
        self.lastSeen = lastSeen
        self.lag = lag
        self.bytesSent = bytesSent
        self.bytesReceived = bytesReceived
        self.problem = problem
    }
}

extension Peer {
    public init(reading fields: inout FieldReader) throws {
        node = try fields.required("node")
        name = try fields.optional("name")
        address = try fields.optional("address")
        role = try fields.optional("role")
        state = try fields.value("state", default: .offline)
        since = try fields.optional("since")
        lastSeen = try fields.optional("lastSeen")
        lag = try fields.optional("lag")
        bytesSent = try fields.value("bytesSent", default: 0)
        bytesReceived = try fields.value("bytesReceived", default: 0)
        problem = try fields.optional("problem")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("node", node)
        fields.put("name", name)
        fields.put("address", address)
        fields.put("role", role)
        fields.put("state", state)
        fields.put("since", since)
        fields.put("lastSeen", lastSeen)
        fields.put("lag", lag)
        fields.put("bytesSent", bytesSent)
        fields.put("bytesReceived", bytesReceived)
        fields.put("problem", problem)
    }
}

extension Peer {
    /// How a peer stands to this node.
    public enum State: String, Sendable, Hashable, CaseIterable, JSONRepresentable {
        case connected
        case connecting
        case offline
        case retired

        public init(json source: JSONSource) throws { self = try source.word(Self.self) }

        public var json: JSONValue { .string(rawValue) }
        public static var shape: JSONShape { .word(allCases.map(\.rawValue)) }
    }
}
