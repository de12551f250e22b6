import HiveRules
import Tracing

extension Node {
    /// A decision as a span of the request that asked for it: its answer, never what was asked.
    func trace(_ decision: Decision, event: String?) {
        let end = DefaultTracerClock.now
        let duration = min(UInt64(clamping: decision.durationNanoseconds), end.nanosecondsSinceEpoch)
        let start = DefaultTracerClock.Timestamp(nanosecondsSinceEpoch: end.nanosecondsSinceEpoch - duration)
        let span = startSpan("decision", at: start)
        span.attributes["hive.effect"] = decision.effect.rawValue
        span.attributes["hive.evaluated"] = decision.evaluated
        if let rule = decision.rule { span.attributes["hive.rule"] = rule.id }
        if let event { span.attributes["hive.event"] = event }
        span.end(at: end)
    }
}
