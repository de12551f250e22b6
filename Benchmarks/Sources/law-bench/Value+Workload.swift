import HiveCEL

/// Reading workloads, which are written by the script beside this: a part that is not there stops the run.
extension Value {
    func part(_ name: String) throws -> Value {
        guard let value = optional(name) else { throw BenchError("the workload has no `\(name)`") }
        return value
    }

    func optional(_ name: String) -> Value? {
        guard case .map(let map) = self else { return nil }
        return map[name]
    }

    func text() throws -> String {
        guard case .string(let text) = self else { throw BenchError("the workload has no text where one should be") }
        return text
    }

    func elements() throws -> [Value] {
        guard case .list(let values) = self else { throw BenchError("the workload has no list where one should be") }
        return values
    }

    func truth() throws -> Bool {
        guard case .bool(let truth) = self else { throw BenchError("the workload has no truth where one should be") }
        return truth
    }
}
