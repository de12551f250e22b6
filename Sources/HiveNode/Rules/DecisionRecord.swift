import HiveAPI
import HiveCEL
import HiveCore
import HiveRules

/// A decision as a line of a journal: what `hivectl rules replay` reads.
struct DecisionRecord {
    let input: DecisionInput
    let decision: Decision
    let time: HiveCore.Timestamp

    /// One line of JSON, without its end.
    var line: [UInt8] {
        let fields = ["time": .string(time.rfc3339), "input": input.value, "decision": decision.value]
        return Array(JSONText.render(.map(ValueMap(fields))).utf8)
    }
}
