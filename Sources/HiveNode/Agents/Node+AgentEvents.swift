import HiveAPI
import HiveCore
import Logging

/// What is told of agents and messages as it happens.
extension Node {
    /// Nil for documents that are neither.
    func trafficStory(of state: DocumentState) -> EventAnnouncer.Story? {
        if let profile = AgentProfile(state) {
            return (
                "agent.changed",
                [
                    "name": .string(profile.name), "node": .string(profile.node.description),
                    "state": .string(profile.standing.rawValue),
                ]
            )
        }
        guard let message = Message(state) else { return nil }
        // The text is left out: who may read it asks for it.
        return (
            message.receipts.isEmpty ? "message.sent" : "message.receipt",
            [
                "kind": .string(message.kind.rawValue), "from": message.from.map(JSONValue.string) ?? .null,
                "to": .array(message.recipients.map { .string($0.label) }),
                "priority": .string(message.priority.name),
                "inReplyTo": message.inReplyTo.map { .string($0.description) } ?? .null,
            ]
        )
    }

    /// Tells that agents were heard, or are heard no longer.
    func announcePresence(_ keys: [SoftKey]) {
        for slot in keys where slot.key.hasPrefix(AgentPulse.prefix) {
            announce(
                sync.soft.state(of: slot) != nil ? "agent.heard" : "agent.silent",
                [
                    "name": .string(String(slot.key.dropFirst(AgentPulse.prefix.count))),
                    "node": .string(slot.node.description),
                ])
        }
    }
}

extension MessageTarget {
    /// Without the names of nodes, which change.
    fileprivate var label: String {
        switch self {
        case .agent(let name, let node): "\(name)@\(node.short)"
        case .role(let role): "role:\(role)"
        case .capability(let capability): "capability:\(capability)"
        case .everybody: "all"
        }
    }
}
