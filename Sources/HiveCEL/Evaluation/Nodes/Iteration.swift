/// The elements that a macro goes through, and where their names are.
struct Iteration: Sendable {
    let range: any Node
    /// Nil where the macro has one variable only.
    let firstSlot: Int?
    let slot: Int
    let name: String
    let position: SourcePosition

    enum Elements {
        case list([Value])
        case map(ValueMap)

        var count: Int {
            switch self {
            case .list(let values): values.count
            case .map(let map): map.count
            }
        }
    }

    func elements(_ frame: inout Frame) throws(EvaluationError) -> Elements {
        switch try range.evaluate(&frame) {
        case .list(let values): return .list(values)
        case .map(let map): return .map(map)
        case let other: throw FunctionDeclaration.mismatch(name, [other]).located(at: position)
        }
    }

    /// Names the element, and answers with what `filter` keeps of it: the element, of a map the key.
    @inline(__always)
    func bind(_ index: Int, of elements: Elements, in frame: inout Frame) throws(EvaluationError) -> Value {
        try frame.spend(1)
        switch elements {
        case .list(let values):
            if let firstSlot { frame.slots[firstSlot] = .value(.int(Int64(index))) }
            frame.slots[slot] = .value(values[index])
            return values[index]
        case .map(let map):
            let entry = map.entries[index]
            if let firstSlot {
                frame.slots[firstSlot] = .value(entry.key)
                frame.slots[slot] = .value(entry.value)
            } else {
                frame.slots[slot] = .value(entry.key)
            }
            return entry.key
        }
    }
}
