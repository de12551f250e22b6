/// A part that other programs have too: evaluated by the first that asks, where there is room to keep what it gave.
final class SharedNode: Node {
    private let place: Int
    private let definition: any Node

    init(place: Int, _ definition: any Node) {
        self.place = place
        self.definition = definition
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        guard let results = frame.activation.sharedResults else { return try definition.evaluate(&frame) }
        if let known = results[place] {
            try frame.spend(known.steps)
            return known.value
        }
        let before = frame.meter.remaining
        let value = try definition.evaluate(&frame)
        results[place] = SharedResults.Result(value: value, steps: before - frame.meter.remaining)
        return value
    }
}
