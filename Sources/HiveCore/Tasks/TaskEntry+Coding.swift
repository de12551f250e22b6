/// The form in which entries are kept: a map of the act's name, the time in Unix milliseconds, the agent, and what the act
/// says. Names that a later version adds are passed over.
extension TaskEntry {
    /// The word for the act.
    public var name: String {
        switch act {
        case .claim: "claim"
        case .progress: "progress"
        case .success: "success"
        case .failure: "failure"
        case .cancel: "cancel"
        case .offer: "offer"
        case .grant: "grant"
        case .refuse: "refuse"
        case .requeue: "requeue"
        case .accept: "accept"
        case .close: "close"
        case .adopt: "adopt"
        }
    }

    public var value: CBORValue {
        var fields: [String: CBORValue] = ["act": .text(name), "at": .integer(at.milliseconds)]
        fields["agent"] = agent.map(CBORValue.text)
        if epoch > 0 { fields["epoch"] = .integer(epoch) }
        switch act {
        case .claim(let id, let isOptimistic):
            fields["id"] = .text(id)
            if isOptimistic { fields["optimistic"] = .bool(true) }
        case .progress(let claim, let percent, let note):
            fields["claim"] = .text(claim)
            fields["percent"] = percent.map(CBORValue.integer)
            fields["text"] = note.map(CBORValue.text)
        case .success(let id, let claim, let result):
            (fields["id"], fields["claim"]) = (.text(id), .text(claim))
            fields["text"] = result.map(CBORValue.text)
        case .failure(let id, let claim, let reason, let mayRetry):
            (fields["id"], fields["claim"], fields["text"]) = (.text(id), .text(claim), .text(reason))
            if mayRetry { fields["retry"] = .bool(true) }
        case .cancel(let id, let reason, let isOperator):
            fields["id"] = .text(id)
            fields["text"] = reason.map(CBORValue.text)
            if isOperator { fields["operator"] = .bool(true) }
        case .offer(let node, let judgements):
            fields["node"] = node.map { .bytes($0.digest.bytes) }
            if !judgements.isEmpty { fields["judgements"] = .array(judgements.map(\.value)) }
        case .grant(let claim, let node, let fence, let lease):
            (fields["of"], fields["node"]) = (.text(claim), .bytes(node.digest.bytes))
            (fields["fence"], fields["lease"]) = (.integer(fence), .integer(lease))
        case .refuse(let request, let reason): (fields["of"], fields["text"]) = (.text(request), .text(reason))
        case .requeue(let request, let reason):
            fields["of"] = request.map(CBORValue.text)
            fields["text"] = .text(reason)
        case .accept(let request): fields["of"] = .text(request)
        case .close(let status, let request, let reason):
            (fields["status"], fields["text"]) = (.text(status.rawValue), .text(reason))
            fields["of"] = request.map(CBORValue.text)
        case .adopt(let home, let through):
            fields["node"] = .bytes(home.digest.bytes)
            fields["through"] = .array(through.map { .array([.bytes($0.log.digest.bytes), .unsigned($0.number)]) })
        }
        return .map(fields)
    }

    /// Nil for what is no entry, or one of a later version.
    public init?(_ value: CBORValue) {
        guard let name = value["act"]?.text, let act = Act(name, value) else { return nil }
        self.init(
            at: Timestamp(milliseconds: value["at"]?.integer ?? 0), agent: value["agent"]?.text,
            epoch: value["epoch"]?.integer ?? 0, act)
    }
}

extension TaskEntry.Act {
    fileprivate init?(_ name: String, _ value: CBORValue) {
        let (id, claim, of, text) = (value["id"]?.text, value["claim"]?.text, value["of"]?.text, value["text"]?.text)
        let node = value["node"]?.bytes.flatMap(Digest.init(bytes:)).map(NodeID.init)
        switch name {
        case "claim":
            guard let id else { return nil }
            self = .claim(id: id, isOptimistic: value["optimistic"] == .bool(true))
        case "progress":
            guard let claim else { return nil }
            self = .progress(claim: claim, percent: value["percent"]?.integer, note: text)
        case "success":
            guard let id, let claim else { return nil }
            self = .success(id: id, claim: claim, result: text)
        case "failure":
            guard let id, let claim, let text else { return nil }
            self = .failure(id: id, claim: claim, reason: text, mayRetry: value["retry"] == .bool(true))
        case "cancel":
            guard let id else { return nil }
            self = .cancel(id: id, reason: text, isOperator: value["operator"] == .bool(true))
        default: self.init(ruling: name, value, of: of, text: text, node: node)
        }
    }

    private init?(ruling name: String, _ value: CBORValue, of: String?, text: String?, node: NodeID?) {
        switch name {
        case "offer":
            self = .offer(node: node, judgements: (value["judgements"]?.array ?? []).map(TaskChoice.Judgement.init))
        case "grant":
            guard let of, let node, let fence = value["fence"]?.integer, let lease = value["lease"]?.integer else {
                return nil
            }
            self = .grant(claim: of, node: node, fence: fence, lease: lease)
        case "refuse":
            guard let of, let text else { return nil }
            self = .refuse(request: of, reason: text)
        case "requeue":
            guard let text else { return nil }
            self = .requeue(request: of, reason: text)
        case "accept":
            guard let of else { return nil }
            self = .accept(request: of)
        case "close":
            guard let status = value["status"]?.text.flatMap(TaskStatus.init(rawValue:)), let text else { return nil }
            self = .close(status, request: of, reason: text)
        case "adopt":
            guard let node else { return nil }
            self = .adopt(home: node, through: Self.dots(value["through"]))
        default: return nil
        }
    }

    private static func dots(_ value: CBORValue?) -> [Dot] {
        (value?.array ?? []).compactMap { pair in
            guard let parts = pair.array, parts.count == 2, let log = parts[0].bytes.flatMap(Digest.init(bytes:)),
                let number = parts[1].integer, number >= 0
            else { return nil }
            return Dot(log: LogID(log), number: UInt64(number))
        }
    }
}
