/// A body in which lazy names are new.
final class ScopeNode: Node {
    private let slots: Range<Int>
    private let body: any Node

    init(slots: Range<Int>, _ body: any Node) {
        self.slots = slots
        self.body = body
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        for slot in slots { frame.slots[slot] = .empty }
        return try body.evaluate(&frame)
    }
}
