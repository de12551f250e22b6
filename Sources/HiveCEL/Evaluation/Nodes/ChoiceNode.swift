/// `condition ? yes : no`.
final class ChoiceNode: Node {
    private let condition: any Node
    private let yes: any Node
    private let no: any Node

    init(_ condition: any Node, _ yes: any Node, _ no: any Node) {
        self.condition = condition
        self.yes = yes
        self.no = no
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        if try condition.condition(&frame) { return try yes.evaluate(&frame) }
        return try no.evaluate(&frame)
    }
}
