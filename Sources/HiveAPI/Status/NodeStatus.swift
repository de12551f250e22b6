/// A node in one page.
public struct NodeStatus: JSONRecord {
    /// Its id.
    public var node: String
    public var name: String
    /// The hive's id.
    public var hive: String
    /// Of the software.
    public var version: String
    public var startedAt: String
    public var uptimeSeconds: Double
    public var health: Health
    public var memories: Int
    public var operations: Int
    public var conflicts: Int
    public var peersConnected: Int
    public var peersKnown: Int
    /// Rules in force.
    public var rules: Int
    public var ruleSets: [String]
    public var scopes: [String]
    public var databaseBytes: Int?
    /// Those of the conflicts that wait for a person.
    public var escalated = 0
    /// What the node does each night.
    public var lifecycle: LifecycleStatus?
    /// What the machine is: `system`, `architecture`, `host`, …
    public var machine: [String: String]
    /// The address of the REST listener.
    public var api: String?
    public var mcp: String?
    /// The address of the peer listener; nil while it is closed.
    public var peers: String?
    /// Nil where memories are found by their words only.
    public var meaning: MeaningStatus?
    /// SHA-256 of the certificate of REST and MCP, in hexadecimal digits; nil where they speak in the clear.
    public var certificate: String?
    /// How far the scopes that have other members are final.
    public var seals: [SealReport] = []

    public init(
        node: String, name: String, hive: String, version: String, startedAt: String, uptimeSeconds: Double,
        health: Health, memories: Int = 0, operations: Int = 0, conflicts: Int = 0, peersConnected: Int = 0,
        peersKnown: Int = 0, rules: Int = 0, ruleSets: [String] = [], scopes: [String] = [],
        databaseBytes: Int? = nil, machine: [String: String] = [:], api: String? = nil, mcp: String? = nil,
        peers: String? = nil, meaning: MeaningStatus? = nil
    ) {
        self.node = node
        self.name = name
        self.hive = hive
        self.version = version
        self.startedAt = startedAt
        self.uptimeSeconds = uptimeSeconds
        self.health = health
        self.memories = memories
        self.operations = operations
        self.conflicts = conflicts
        self.peersConnected = peersConnected
        self.peersKnown = peersKnown
        self.rules = rules
        self.ruleSets = ruleSets
        self.scopes = scopes
        self.databaseBytes = databaseBytes
        lifecycle = nil
        self.machine = machine
        self.api = api
        self.mcp = mcp
        self.peers = peers
        self.meaning = meaning
    }
}

extension NodeStatus {
    public init(reading fields: inout FieldReader) throws {
        node = try fields.required("node")
        name = try fields.required("name")
        hive = try fields.required("hive")
        version = try fields.required("version")
        startedAt = try fields.required("startedAt")
        uptimeSeconds = try fields.required("uptimeSeconds")
        health = try fields.required("health")
        memories = try fields.value("memories", default: 0)
        operations = try fields.value("operations", default: 0)
        conflicts = try fields.value("conflicts", default: 0)
        escalated = try fields.value("escalated", default: 0)
        peersConnected = try fields.value("peersConnected", default: 0)
        peersKnown = try fields.value("peersKnown", default: 0)
        rules = try fields.value("rules", default: 0)
        ruleSets = try fields.value("ruleSets", default: [])
        scopes = try fields.value("scopes", default: [])
        databaseBytes = try fields.optional("databaseBytes")
        lifecycle = try fields.optional("lifecycle")
        machine = try fields.value("machine", default: [:])
        api = try fields.optional("api")
        mcp = try fields.optional("mcp")
        peers = try fields.optional("peers")
        meaning = try fields.optional("meaning")
        certificate = try fields.optional("certificate")
        seals = try fields.value("seals", default: [])
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("node", node)
        fields.put("name", name)
        fields.put("hive", hive)
        fields.put("version", version)
        fields.put("startedAt", startedAt)
        fields.put("uptimeSeconds", uptimeSeconds)
        fields.put("health", health)
        fields.put("memories", memories)
        fields.put("operations", operations)
        fields.put("conflicts", conflicts)
        fields.put("escalated", escalated)
        fields.put("peersConnected", peersConnected)
        fields.put("peersKnown", peersKnown)
        fields.put("rules", rules)
        fields.put("ruleSets", ruleSets)
        fields.put("scopes", scopes)
        fields.put("databaseBytes", databaseBytes)
        fields.put("lifecycle", lifecycle)
        fields.put("machine", machine)
        fields.put("api", api)
        fields.put("mcp", mcp)
        fields.put("peers", peers)
        fields.putIfPresent("meaning", meaning)
        fields.putIfPresent("certificate", certificate)
        fields.put("seals", seals)
    }
}
