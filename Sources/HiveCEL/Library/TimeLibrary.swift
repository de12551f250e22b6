/// The functions on timestamps and durations.
enum TimeLibrary {
    typealias Signature = FunctionDeclaration.Signature

    static func functions(zones: (any TimeZoneProvider)?) -> [FunctionDeclaration] {
        conversions + fields.map { name, field, unit in getter(name, field, unit, zones) }
    }

    private static let conversions: [FunctionDeclaration] = [
        FunctionDeclaration(
            "timestamp", [.string, .int, .timestamp].map { Signature([$0], .timestamp) },
            .unary { v throws(EvaluationError) in try timestamp(v) }),
        FunctionDeclaration(
            "duration", [.string, .duration].map { Signature([$0], .duration) },
            .unary { v throws(EvaluationError) in try duration(v) }),
    ]

    private static func timestamp(_ value: Value) throws(EvaluationError) -> Value {
        switch value {
        case .string(let text):
            if TimestampText.hasLongYear(text) { break }
            guard let parsed = TimestampText.parse(text) else {
                throw EvaluationError(
                    .typeConversion, "`\(text)` is no timestamp; write it as in `2024-05-01T12:00:00Z`")
            }
            guard let timestamp = Timestamp(seconds: parsed.seconds, nanoseconds: parsed.nanoseconds) else { break }
            return .timestamp(timestamp)
        case .int(let seconds):
            guard let timestamp = Timestamp(seconds: seconds) else { break }
            return .timestamp(timestamp)
        default:
            if value.timestamp != nil { return value }
            throw FunctionDeclaration.mismatch("timestamp", [value])
        }
        throw EvaluationError(.overflow, "the timestamp is out of range")
    }

    private static func duration(_ value: Value) throws(EvaluationError) -> Value {
        switch value {
        case .string(let text):
            do throws(Duration64.Failure) { return .duration(try Duration64(text)) } catch {
                switch error {
                case .malformed:
                    throw EvaluationError(.typeConversion, "`\(text)` is no duration; write it as in `1h30m` or `0.5s`")
                case .outOfRange: throw EvaluationError(.overflow, "the duration is out of range")
                }
            }
        default:
            if value.duration != nil { return value }
            throw FunctionDeclaration.mismatch("duration", [value])
        }
    }

    private typealias Field = @Sendable (CivilTime, Timestamp) -> Int64

    /// The getters, what they get from a moment, and for those that durations have too: the unit in nanoseconds.
    private static let fields: [(name: String, field: Field, unit: Int64?)] = [
        ("getFullYear", { time, _ in time.year }, nil), ("getMonth", { time, _ in time.month - 1 }, nil),
        ("getDate", { time, _ in time.day }, nil), ("getDayOfMonth", { time, _ in time.day - 1 }, nil),
        ("getDayOfWeek", { time, _ in time.weekday }, nil), ("getDayOfYear", { time, _ in time.dayOfYear }, nil),
        ("getHours", { time, _ in time.hour }, 3_600_000_000_000),
        ("getMinutes", { time, _ in time.minute }, 60_000_000_000),
        ("getSeconds", { time, _ in time.second }, 1_000_000_000),
        ("getMilliseconds", { _, timestamp in Int64(timestamp.nanoseconds) / 1_000_000 }, 1_000_000),
    ]

    private static func getter(
        _ name: String, _ field: @escaping Field, _ unit: Int64?, _ zones: (any TimeZoneProvider)?
    ) -> FunctionDeclaration {
        var signatures = [Signature([.timestamp], .int), Signature([.timestamp, .string], .int)]
        if unit != nil { signatures.append(Signature([.duration], .int)) }
        return FunctionDeclaration(
            name, isMember: true, signatures,
            .variadic { a throws(EvaluationError) in
                if a.count == 1, let unit, let duration = a[0].duration {
                    let count = duration.nanoseconds / unit
                    // Of milliseconds only what is less than a second.
                    return .int(name == "getMilliseconds" ? count % 1000 : count)
                }
                guard let timestamp = a[0].timestamp else { throw FunctionDeclaration.mismatch(name, a) }
                var offset: Int64 = 0
                if a.count == 2 {
                    guard case .string(let zone) = a[1] else { throw FunctionDeclaration.mismatch(name, a) }
                    offset = try ZoneOffset.seconds(of: zone, at: timestamp.seconds, zones)
                }
                return .int(field(CivilTime(localSeconds: timestamp.seconds + offset), timestamp))
            })
    }
}
