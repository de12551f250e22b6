/// Whom a message is for.
public enum MessageTarget: Sendable, Hashable {
    /// An agent of a node.
    case agent(String, NodeID)
    /// All who have a role.
    case role(String)
    /// All who declare a capability.
    case capability(String)
    /// Everybody who holds the scope.
    case everybody

    /// Whether it names one agent.
    public var isDirect: Bool {
        guard case .agent = self else { return false }
        return true
    }

    /// Whether an agent is meant.
    public func includes(_ reader: MessageReader) -> Bool {
        switch self {
        case .agent(let name, let node): name == reader.name && node == reader.node
        case .role(let role): role == reader.role
        case .capability(let capability): reader.capabilities.contains(capability)
        case .everybody: true
        }
    }

    public var value: CBORValue {
        switch self {
        case .agent(let name, let node): .array([.text("agent"), .text(name), .bytes(node.digest.bytes)])
        case .role(let role): .array([.text("role"), .text(role)])
        case .capability(let capability): .array([.text("capability"), .text(capability)])
        case .everybody: .array([.text("all")])
        }
    }

    /// Nil for what is no target, or one of a later version.
    public init?(_ value: CBORValue) {
        guard let parts = value.array, let what = parts.first?.text else { return nil }
        let name = parts.dropFirst().first?.text
        switch (what, name) {
        case ("agent", .some(let name)):
            guard let digest = parts.dropFirst(2).first?.bytes.flatMap({ Digest(bytes: $0) }) else { return nil }
            self = .agent(name, NodeID(digest))
        case ("role", .some(let name)): self = .role(name)
        case ("capability", .some(let name)): self = .capability(name)
        case ("all", _): self = .everybody
        default: return nil
        }
    }
}

/// Somebody who reads messages.
public struct MessageReader: Sendable, Hashable {
    public let name: String
    public let node: NodeID
    public let role: String?
    public let capabilities: Set<String>

    public init(name: String, node: NodeID, role: String? = nil, capabilities: Set<String> = []) {
        self.name = name
        self.node = node
        self.role = role
        self.capabilities = capabilities
    }
}
