/// Watches that the keys of a map come in the order of their encoded bytes, each once (RFC 8949 §4.2.1).
struct CBORKeyOrder {
    private var previous: ArraySlice<UInt8>?

    mutating func take(_ key: ArraySlice<UInt8>, at offset: Int) throws(CBORError) {
        if let previous, !previous.lexicographicallyPrecedes(key) {
            throw CBORError(code: .notDeterministic, offset: offset, message: "map keys are not in order, each once")
        }
        previous = key
    }
}
