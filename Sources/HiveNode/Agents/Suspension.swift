import HiveCore

/// What is left of a suspension when an agent retires: it comes back suspended, until an operator lets it.
struct Suspension {
    let reason: String?

    /// What holds an agent back, by its entries in all scopes: the last that was decided in any of them counts. Nil where
    /// nothing does.
    init?(of entries: [AgentRoster.Entry]) {
        var last: (stamp: Stamp, profile: AgentProfile, siblings: [Sibling])?
        for profile in entries.compactMap(\.profile) {
            let siblings = profile.state[AgentField.standing]?.siblings ?? []
            guard let stamp = siblings.map(\.stamp).max() else { continue }
            if let former = last, former.stamp > stamp { continue }
            last = (stamp, profile, siblings)
        }
        guard let last, last.siblings.contains(where: Self.holds) else { return nil }
        reason = last.profile.reason
    }

    /// The change that makes an agent stand so. A suspension that is not lifted is kept beside `retired`.
    static func change(of profile: AgentProfile, to standing: AgentStanding, reason: String?) -> Draft.Change {
        let siblings = profile.state[AgentField.standing]?.siblings ?? []
        guard standing == .retired, siblings.contains(where: holds) else {
            return AgentProfile.change(to: standing, reason: reason)
        }
        let values: [CBORValue] = [
            .text(standing.rawValue), reason.map(CBORValue.text) ?? .null, .text(AgentStanding.suspended.rawValue),
        ]
        return .set(AgentField.standing, .array(values))
    }

    private static func holds(_ sibling: Sibling) -> Bool {
        let value = sibling.inline?.array ?? []
        return AgentProfile.standing(sibling.inline) == .suspended
            || value.dropFirst(2).first?.text == AgentStanding.suspended.rawValue
    }
}
