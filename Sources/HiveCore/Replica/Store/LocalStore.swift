/// The facet for what is this node's own business and never replicated: acknowledgements, peers, tokens,
/// idempotency keys, blobs. Small values under a key in a namespace.
public protocol LocalStore {
    func value(_ key: [UInt8], in namespace: String) throws -> [UInt8]?
    /// Nil removes.
    func set(_ value: [UInt8]?, for key: [UInt8], in namespace: String) throws
    /// Pairs in order of their keys' bytes, after a key, at most `limit`.
    func values(in namespace: String, after key: [UInt8]?, limit: Int) throws -> [(key: [UInt8], value: [UInt8])]
    func count(in namespace: String) throws -> Int
}
