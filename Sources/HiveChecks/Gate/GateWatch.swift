/// Tells from stamps which files changed since they were last looked at.
public struct GateWatch<Stamp: Hashable & Sendable>: Sendable {
    private var last: [String: Stamp]?

    public init() {}

    /// The paths that came, went or changed, sorted; nil the first time, when everything is new.
    public mutating func changes(_ stamps: [String: Stamp]) -> [String]? {
        defer { last = stamps }
        guard let last else { return nil }
        return Set(stamps.keys).union(last.keys).filter { stamps[$0] != last[$0] }.sorted()
    }
}
