extension Value {
    /// How much there is of it, in bytes or elements: what looking at all of it costs.
    @inline(__always)
    var weight: Int {
        switch self {
        case .string(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        case .list(let values): values.count
        case .map(let map): map.count
        default: 0
        }
    }
}
