import HiveCore

/// What a document's fields are, found in the slowest and plainest way: each operation is held against each other.
/// It shares no code with the merge that it judges.
struct ReferenceMerge: Equatable {
    private var registers: [FieldID: Set<Dot>] = [:]
    private var elements: [FieldID: Set<ElementDot>] = [:]
    private var tallies: [FieldID: Int64] = [:]
    private var isForgotten = false

    /// What visible operations make.
    init(_ operations: [Operation]) {
        for operation in operations {
            guard let body = operation.decodedBody else { continue }
            for change in body.changes {
                take(change, of: operation, among: operations)
            }
        }
        isForgotten = operations.contains { departure in
            Self.departs(departure) && !Self.isReplaced(departure, .number(ReservedField.presence), operations)
                && operations.allSatisfy { edit in
                    Self.departs(edit) || departure.header.context[edit.dot.log] >= edit.dot.number
                }
        }
    }

    /// What the store says.
    init(_ state: DocumentState) {
        for field in state.fields {
            switch field.state {
            case .register(let siblings):
                let dots = Set(siblings.filter { $0.value != .gone }.map(\.dot))
                if !dots.isEmpty { registers[field.id] = dots }
            case .set(let set): if !set.isEmpty { elements[field.id] = Set(set.map(\.addition)) }
            case .tally: tallies[field.id] = field.state.sum
            case .list: break
            }
        }
        isForgotten = state.isForgotten
    }

    private mutating func take(
        _ change: OperationBody.Change, of operation: Operation, among operations: [Operation]
    ) {
        switch change.change {
        case .set, .setBlob:
            guard !Self.isReplaced(operation, change.field, operations) else { return }
            registers[change.field, default: []].insert(operation.dot)
        case .add(let values):
            for place in values.indices {
                let element = ElementDot(dot: operation.dot, index: UInt64(place))
                guard !operations.contains(where: { $0.header.removes.contains(element) }) else { continue }
                elements[change.field, default: []].insert(element)
            }
        case .tally(let value):
            let isOld = operations.contains { other in
                other.dot.log == operation.dot.log && other.dot.number > operation.dot.number
                    && other.decodedBody?.changes.contains { $0.field == change.field } == true
            }
            if !isOld { tallies[change.field, default: 0] += value }
        case .remove, .append: break
        }
    }

    private static func departs(_ operation: Operation) -> Bool {
        operation.decodedBody?.changes.contains {
            $0.field == .number(ReservedField.presence) && $0.change == .set(.bool(false))
        } == true
    }

    private static func isReplaced(_ operation: Operation, _ field: FieldID, _ operations: [Operation]) -> Bool {
        operations.contains { other in
            other.dot != operation.dot && other.header.fields.contains(field)
                && other.header.context.entries.contains {
                    $0.log == operation.dot.log && $0.number >= operation.dot.number
                }
                && !other.header.keeps.contains(operation.dot)
        }
    }
}
