import HiveCore

/// How far the holder of a task says it is. Soft state under the key `task/CLAIM` of the node that it acts through.
struct TaskPulse: Sendable, Hashable {
    /// 0 to 100; nil where nothing was said of it.
    let percent: Int64?

    static func key(for claim: String) -> String { "task/" + claim }

    /// CBOR `[percent or null]`.
    func encoded() -> [UInt8] { CBORValue.array([percent.map(CBORValue.integer) ?? .null]).encoded() }
}

extension TaskPulse {
    /// Nil for bytes that are none. What a later version adds at the end is passed over.
    init?(decoding bytes: [UInt8]) {
        guard let parts = (try? CBORValue(decoding: bytes))?.array, let first = parts.first else { return nil }
        self.init(percent: first.integer.flatMap { (0...100).contains($0) ? $0 : nil })
    }
}
