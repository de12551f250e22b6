/// How operations become state. `merge(all:)` looks at a whole set at once and is the definition;
/// `apply` adds one operation that has seen everything here and is the fast path to the same result.
extension DocumentState {
    /// Merges a set of visible operations on one document. Nil for an empty set.
    ///
    /// The kind is the one that the first operation by stamp, then dot names; operations that name another
    /// kind contradict the document and change nothing but its version.
    public static func merge(all operations: [Operation], at address: DocumentAddress) -> DocumentState? {
        let ordered = operations.sorted { ($0.header.stamp, $0.dot) < ($1.header.stamp, $1.dot) }
        let openings = ordered.filter { $0.header.context.isEmpty }
        guard let first = openings.first ?? ordered.first else { return nil }
        var state = DocumentState(openedBy: first, at: address)
        let headers = ordered.map(\.header)
        let removals = Removals(by: headers)
        let replacements = Replacements(by: headers)
        for operation in ordered {
            state.take(operation, isReplaced: replacements.cover, isRemoved: removals.cover)
        }
        return state
    }

    /// Opens a document with its first operation.
    public static func opening(with operation: Operation, at address: DocumentAddress) -> DocumentState {
        var state = DocumentState(openedBy: operation, at: address)
        state.take(operation, isReplaced: { _, _ in false }, isRemoved: { _, _ in false })
        return state
    }

    /// Whether `apply` may be used: the operation has seen everything that is merged here.
    public func isSucceeded(by header: OperationHeader) -> Bool {
        header.kind == kind && header.context.covers(version)
    }

    /// Adds an operation that has seen everything here.
    public mutating func apply(_ operation: Operation) {
        drop(replacedBy: operation.header)
        take(operation, isReplaced: { _, _ in false }, isRemoved: { _, _ in false })
        // Where what replaced all siblings cannot be read.
        fields.removeAll { $0.state == .register([]) }
    }

    private init(openedBy operation: Operation, at address: DocumentAddress) {
        let header = operation.header
        self.address = address
        kind = header.kind
        creation = Creation(dot: header.dot, stamp: header.stamp, agent: operation.decodedBody?.agent)
        updated = header.stamp
        version = VersionVector()
        fields = []
        departures = []
        edits = VersionVector()
    }

    private mutating func drop(replacedBy header: OperationHeader) {
        let removed = Set(header.removes)
        let touched = Set(header.fields)
        for index in fields.indices where touched.contains(fields[index].id) {
            switch fields[index].state {
            case .register(let siblings):
                fields[index].state = .register(siblings.filter { !header.replaces($0.dot) })
            case .set(let elements):
                fields[index].state = .set(elements.filter { !removed.contains($0.addition) })
            case .list, .tally: break
            }
        }
        if touched.contains(.number(ReservedField.presence)) { departures.removeAll { header.replaces($0.dot) } }
    }

    private mutating func take(
        _ operation: Operation, isReplaced: (Dot, FieldID) -> Bool, isRemoved: (ElementDot, FieldID) -> Bool
    ) {
        let header = operation.header
        version.include(header.dot)
        if header.stamp > updated { updated = header.stamp }
        guard header.kind == kind, let schema = KindSchema.of(kind) else {
            edits.include(header.dot)
            return
        }
        let body = operation.decodedBody
        if body == nil, operation.body != nil {  // malformed: counts as seen, projects to nothing
            edits.include(header.dot)
            return
        }
        notePresence(header, body: body, isReplaced: isReplaced)
        for (place, id) in header.fields.enumerated() {
            guard let type = schema.type(of: id) else { continue }
            let change = body?.changes[place]
            guard change == nil || change?.change.type == type else { continue }
            let addition = Addition(header: header, agent: body?.agent, field: id, type: type)
            insert(addition, change: change, isReplaced: isReplaced, isRemoved: isRemoved)
        }
    }

    private mutating func notePresence(
        _ header: OperationHeader, body: OperationBody?, isReplaced: (Dot, FieldID) -> Bool
    ) {
        let presence = FieldID.number(ReservedField.presence)
        guard let place = header.fields.firstIndex(of: presence),
            body?.changes[place].change == .set(.bool(false))
        else {
            edits.include(header.dot)
            return
        }
        guard !isReplaced(header.dot, presence) else { return }
        departures.append(Departure(dot: header.dot, seen: header.context))
        departures.sort { $0.dot < $1.dot }
    }

    private struct Addition {
        let header: OperationHeader
        let agent: String?
        let field: FieldID
        let type: FieldType
        var dot: Dot { header.dot }
    }

    private mutating func insert(
        _ addition: Addition, change: OperationBody.Change?, isReplaced: (Dot, FieldID) -> Bool,
        isRemoved: (ElementDot, FieldID) -> Bool
    ) {
        // What was replaced, or lacks the value that it set a tally to, leaves no trace: so nothing changes when its
        // body is pruned.
        switch addition.type {
        case .register: guard !isReplaced(addition.dot, addition.field) else { return }
        case .tally: guard change != nil else { return }
        case .set, .list: break
        }
        let index = position(of: addition.field, type: addition.type)
        if let path = change?.path { fields[index].path = path }
        switch fields[index].state {
        case .register(var siblings):
            siblings.append(
                Sibling(
                    dot: addition.dot, stamp: addition.header.stamp, agent: addition.agent,
                    value: Sibling.Value(change?.change)))
            fields[index].state = .register(siblings.sorted { $0.dot < $1.dot })
        case .set(var elements):
            guard case .add(let values)? = change?.change else { break }
            for (place, value) in values.enumerated() {
                let element = ElementDot(dot: addition.dot, index: UInt64(place))
                guard !isRemoved(element, addition.field) else { continue }
                elements.append(SetElement(addition: element, value: value))
            }
            fields[index].state = .set(elements.sorted { $0.addition < $1.addition })
        case .list(var entries):
            guard case .append(let values)? = change?.change else { break }
            for (place, value) in values.enumerated() {
                entries.append(
                    ListEntry(stamp: addition.header.stamp, dot: addition.dot, index: UInt64(place), value: value))
            }
            fields[index].state = .list(entries.sorted())
        case .tally(var slots):
            guard case .tally(let value)? = change?.change else { break }
            if let known = slots.firstIndex(where: { $0.dot.log == addition.dot.log }) {
                guard slots[known].dot < addition.dot else { break }
                slots.remove(at: known)
            }
            slots.append(TallySlot(dot: addition.dot, value: value))
            fields[index].state = .tally(slots.sorted { $0.dot < $1.dot })
        }
    }

    private mutating func position(of field: FieldID, type: FieldType) -> Int {
        let index = lowerBound(of: field)
        if index == fields.count || fields[index].id != field {
            fields.insert(Field(id: field, path: nil, state: .empty(type)), at: index)
        }
        return index
    }
}

extension Sibling.Value {
    /// A write whose body is gone still stands in the place of the value.
    init(_ change: FieldChange?) {
        switch change {
        case .set(let value): self = .inline(value)
        case .setBlob(let reference): self = .blob(reference)
        default: self = .gone
        }
    }
}

extension Operation {
    /// The body, where it is there, plain and well formed for this header.
    public var decodedBody: OperationBody? {
        guard let body, header.bodyForm == .plain else { return nil }
        do { return try OperationBody(decoding: body.bytes, fields: header.fields) } catch { return nil }
    }

    /// Whether the body is there and cannot be read: the operation is kept, projects to nothing and is reported.
    public var isMalformed: Bool { body != nil && header.bodyForm == .plain && decodedBody == nil }
}
