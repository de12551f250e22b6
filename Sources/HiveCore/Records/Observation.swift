/// What was seen of a thing at one time. One value of one field, so that concurrent observations stay whole.
public struct Observation: Sendable, Hashable {
    public var status: InfrastructureStatus
    /// What kind of observation it is: `service_status`, `resource_usage`, `configuration`, `health_check`, …
    public var type: String?
    /// What was measured, by name.
    public var values: CBORMap
    public var note: String?
    /// When it was seen.
    public var at: Timestamp
    /// Since when the status is what it is.
    public var changedAt: Timestamp
    /// What the status was before that; nil where nothing else was ever seen.
    public var previous: InfrastructureStatus?

    public init(
        status: InfrastructureStatus, type: String? = nil, values: CBORMap = CBORMap([]), note: String? = nil,
        at: Timestamp
    ) {
        self.status = status
        self.type = type
        self.values = values
        self.note = note
        self.at = at
        changedAt = at
    }

    /// The same, knowing what was seen last: as long as the status stays, so does the time of its change.
    public func following(_ last: Observation?) -> Observation {
        guard let last else { return self }
        var next = self
        next.changedAt = last.status == status ? last.changedAt : at
        next.previous = last.status == status ? last.previous : last.status
        return next
    }
}

extension Observation {
    /// The form in which it is kept: a map of texts, and times in milliseconds.
    public var value: CBORValue {
        var entries: [String: CBORValue] = [
            "status": .text(status.rawValue), "at": .integer(at.milliseconds),
            "changedAt": .integer(changedAt.milliseconds), "values": .map(values),
        ]
        if let type { entries["type"] = .text(type) }
        if let note { entries["note"] = .text(note) }
        if let previous { entries["previous"] = .text(previous.rawValue) }
        return .map(entries)
    }

    /// Reads what any node wrote: what is missing or of another form counts as unknown.
    public init(_ value: CBORValue?) {
        let status = value?["status"]?.text.flatMap(InfrastructureStatus.init(rawValue:)) ?? .unknown
        let values: CBORMap = if case .map(let map)? = value?["values"] { map } else { CBORMap([]) }
        let at = Timestamp(milliseconds: value?["at"]?.integer ?? 0)
        self.init(status: status, type: value?["type"]?.text, values: values, note: value?["note"]?.text, at: at)
        changedAt = value?["changedAt"]?.integer.map(Timestamp.init(milliseconds:)) ?? at
        previous = value?["previous"]?.text.flatMap(InfrastructureStatus.init(rawValue:))
    }
}
