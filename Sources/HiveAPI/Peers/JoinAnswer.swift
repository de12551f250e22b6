/// What joining did, or would do.
public struct JoinAnswer: JSONRecord {
    /// The id of the hive joined.
    public var hive: String
    /// This node's id.
    public var node: String
    /// The id of the node that invited.
    public var peer: String
    public var scopes: [String]
    /// What lies outside the instance scope here and would be issued again.
    public var wouldReissue: [String]
    /// What would be left behind with the present hive, in words: members, rules.
    public var wouldLeave: [String]
    /// False where one of these asks for a yes first.
    public var joined: Bool
    /// Where this node now listens for peers.
    public var address: String?

    public init(
        hive: String, node: String, peer: String, scopes: [String] = [], wouldReissue: [String] = [],
        wouldLeave: [String] = [], joined: Bool,
        address: String? = nil
    ) {
        self.hive = hive
        self.node = node
        self.peer = peer
        self.scopes = scopes
        self.wouldReissue = wouldReissue
        self.wouldLeave = wouldLeave
        self.joined = joined
        self.address = address
    }
}

extension JoinAnswer {
    public init(reading fields: inout FieldReader) throws {
        hive = try fields.required("hive")
        node = try fields.required("node")
        peer = try fields.required("peer")
        scopes = try fields.value("scopes", default: [])
        wouldReissue = try fields.value("wouldReissue", default: [])
        wouldLeave = try fields.value("wouldLeave", default: [])
        joined = try fields.required("joined")
        address = try fields.optional("address")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("hive", hive)
        fields.put("node", node)
        fields.put("peer", peer)
        fields.put("scopes", scopes)
        fields.put("wouldReissue", wouldReissue)
        fields.put("wouldLeave", wouldLeave)
        fields.put("joined", joined)
        fields.put("address", address)
    }
}
