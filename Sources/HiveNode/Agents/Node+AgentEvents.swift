import HiveAPI
import HiveCore
import Logging

/// What is told of agents and messages as it happens.
extension Node {
    /// Nil for documents that are neither.
    func trafficEvent(_ address: DocumentAddress, time: String) -> HiveEvent? {
        do {
            guard let state = try kernel.read({ try $0.documents.state(address) }) else { return nil }
            if let profile = AgentProfile(state) {
                return HiveEvent(
                    id: nextEventID(), type: "agent.changed", time: time,
                    data: [
                        "id": .string(address.document.description), "name": .string(profile.name),
                        "node": .string(profile.node.description), "state": .string(profile.standing.rawValue),
                    ])
            }
            guard let message = Message(state) else { return nil }
            // The text is left out: who may read it asks for it.
            return HiveEvent(
                id: nextEventID(), type: message.receipts.isEmpty ? "message.sent" : "message.receipt", time: time,
                data: [
                    "id": .string(address.document.description), "kind": .string(message.kind.rawValue),
                    "from": message.from.map(JSONValue.string) ?? .null,
                    "to": .array(message.recipients.map { .string($0.label) }),
                    "priority": .string(message.priority.name),
                    "inReplyTo": message.inReplyTo.map { .string($0.description) } ?? .null,
                ])
        } catch {
            logger.warning("an event could not be made: \(error)")
            return nil
        }
    }

    /// That agents were heard, or are heard no longer.
    func presenceEvents(_ keys: [SoftKey]) -> [HiveEvent] {
        let time = kernel.surroundings.now().rfc3339
        return keys.filter { $0.key.hasPrefix(AgentPulse.prefix) }.map { slot in
            let isHeard = sync.soft.state(of: slot) != nil
            return HiveEvent(
                id: nextEventID(), type: isHeard ? "agent.heard" : "agent.silent", time: time,
                data: [
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
