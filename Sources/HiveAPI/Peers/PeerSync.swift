/// How far this node and one peer are apart.
public struct PeerSync: JSONRecord {
    public var node: String
    public var name: String?
    public var state: Peer.State
    /// Operations that the peer has and this node has not; nil where unknown.
    public var behind: Int?
    /// Operations that this node has and the peer has not acknowledged.
    public var ahead: Int?
    /// When both last had the same.
    public var lastSync: String?

    public init(
        node: String, name: String? = nil, state: Peer.State, behind: Int? = nil, ahead: Int? = nil,
        lastSync: String? = nil
    ) {
        self.node = node
        self.name = name
        self.state = state
        self.behind = behind
        self.ahead = ahead
        self.lastSync = lastSync
    }
}

extension PeerSync {
    public init(reading fields: inout FieldReader) throws {
        node = try fields.required("node")
        name = try fields.optional("name")
        state = try fields.required("state")
        behind = try fields.optional("behind")
        ahead = try fields.optional("ahead")
        lastSync = try fields.optional("lastSync")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("node", node)
        fields.put("name", name)
        fields.put("state", state)
        fields.put("behind", behind)
        fields.put("ahead", ahead)
        fields.put("lastSync", lastSync)
    }
}
