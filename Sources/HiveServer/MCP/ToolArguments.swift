package import HiveAPI
package import HiveCore

/// The arguments of one tool call, read by name; `finish` notices what nobody asked for.
package struct ToolArguments {
    private var fields: FieldReader
    package let caller: Caller
    package let now: Timestamp
    /// What the tool may do beside answering.
    package let exchange: MCPExchange

    init(_ arguments: JSONValue, caller: Caller, now: Timestamp, exchange: MCPExchange = MCPExchange()) throws {
        fields = try FieldReader(JSONSource(arguments, isStrict: true))
        self.caller = caller
        self.now = now
        self.exchange = exchange
    }

    package mutating func required<T: JSONRepresentable>(_ name: String) throws -> T { try fields.required(name) }
    package mutating func optional<T: JSONRepresentable>(_ name: String) throws -> T? { try fields.optional(name) }
    mutating func change<T: JSONRepresentable>(_ name: String) throws -> FieldUpdate<T> { try fields.change(name) }

    package mutating func value<T: JSONRepresentable>(_ name: String, default fallback: T) throws -> T {
        try fields.value(name, default: fallback)
    }

    /// The id of a memory, under either of its names.
    mutating func memoryID() throws -> String {
        let id: String? = try fields.optional("id")
        let other: String? = try fields.optional("memory_id")
        guard let found = id ?? other, !found.isEmpty, id == nil || other == nil || id == other else {
            throw HiveError(.invalidInput, "the argument `id` is missing", hint: "give the id of a memory")
        }
        return found
    }

    /// A duration in seconds: a whole number of seconds, or `90s`, `5m`, `24h`, `7d`.
    mutating func seconds(_ name: String) throws -> Int? {
        guard let value: JSONValue = try fields.optional(name) else { return nil }
        if let seconds = value.integer, seconds > 0, let whole = Int(exactly: seconds) { return whole }
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let text = value.string, let last = text.last, let unit = units[last], let count = Int(text.dropLast()),
            count > 0, case let (seconds, overflow) = count.multipliedReportingOverflow(by: unit), !overflow
        else {
            throw HiveError(
                .invalidInput, "`\(name)` is no duration: \(value)", hint: "write it like 90s, 5m, 24h or 7d")
        }
        return seconds
    }

    /// A page size.
    mutating func limit(default fallback: Int) throws -> Int {
        let limit = try fields.value("limit", default: fallback)
        guard (1...100).contains(limit) else {
            throw HiveError(.invalidInput, "`limit` must lie between 1 and 100, not at \(limit)")
        }
        return limit
    }

    /// Throws `unknown_field` for arguments that were not read.
    package func finish() throws { try fields.finish() }
}
