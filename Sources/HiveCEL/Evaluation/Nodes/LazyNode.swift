/// A name for a part that is evaluated when it is first asked for, and then only once.
final class LazyNode: Node {
    private let slot: Int
    private let definition: any Node

    init(slot: Int, _ definition: any Node) {
        self.slot = slot
        self.definition = definition
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        try frame.spend(1)
        switch frame.slots[slot] {
        case .value(let value): return value
        case .failure(let error): throw error
        case .empty: break
        }
        do {
            let value = try definition.evaluate(&frame)
            frame.slots[slot] = .value(value)
            return value
        } catch {
            frame.slots[slot] = .failure(error)
            throw error
        }
    }
}
