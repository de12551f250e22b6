/// The logs that a log has named so far. The header that first names a log spells its identity; from then on
/// its place in this table stands for it. Place 0 is the log itself.
public struct LogNames: Sendable, Hashable {
    public private(set) var logs: [LogID]
    private var places: [LogID: UInt64]

    public init(_ logs: [LogID] = []) {
        self.logs = logs
        places = [:]
        for (place, log) in logs.enumerated() { places[log] = UInt64(place) }
    }

    public func place(of log: LogID) -> UInt64? { places[log] }

    public subscript(place: UInt64) -> LogID? {
        place < UInt64(logs.count) ? logs[Int(place)] : nil
    }

    /// Gives each log that is not named yet the next place; returns those, in the order given.
    public mutating func name(_ candidates: some Sequence<LogID>) -> [LogID] {
        var added: [LogID] = []
        for log in candidates where places[log] == nil {
            places[log] = UInt64(logs.count)
            logs.append(log)
            added.append(log)
        }
        return added
    }

    public static func == (left: LogNames, right: LogNames) -> Bool { left.logs == right.logs }
    public func hash(into hasher: inout Hasher) { hasher.combine(logs) }
}
