/// What makes a hive the hive it is. Its hash is the hive's identity: nothing merges by having the same name.
public struct HiveFounding: Sendable, Hashable {
    /// The founders' keys, in ascending order.
    public let founders: [PublicKey]
    /// How many founders must sign what only founders may do.
    public let threshold: UInt64
    /// 16 random bytes, so that two hives of the same founder differ.
    public let salt: [UInt8]

    public init(founders: [PublicKey], threshold: UInt64 = 1, salt: [UInt8]) {
        self.founders = founders.sorted()
        self.threshold = threshold
        self.salt = salt
    }

    /// `SHA-256("hive/1/hive" ‖ 0 ‖ CBOR [[founder, …], threshold, salt])`.
    public var hive: HiveID { HiveID(.sha256(domain: "hive/1/hive", encoded())) }

    /// Whether a scope may bear its name: the hive's own two are founded by its founders, and by nobody else again.
    public func permits(_ scope: ScopeFounding) -> Bool {
        guard scope.hive == hive else { return false }
        guard scope.name == .universal || scope.name == .main else { return true }
        return founders.contains { $0.nodeID == scope.founder }
    }

    public func encoded() -> [UInt8] {
        var encoder = CBOREncoder()
        encoder.beginArray(count: 3)
        encoder.beginArray(count: founders.count)
        for founder in founders { encoder.encode(bytes: founder.bytes) }
        encoder.encode(unsigned: threshold)
        encoder.encode(bytes: salt)
        return encoder.bytes
    }

    public init(decoding bytes: [UInt8]) throws(CBORError) {
        var decoder = CBORDecoder(bytes)
        try decoder.expectArray(count: 3)
        founders = try decoder.decodeArray { decoder throws(CBORError) in
            guard let key = PublicKey(bytes: try decoder.decodeBytes()) else {
                throw .unexpected("a public key has 32 bytes")
            }
            return key
        }
        threshold = try decoder.decodeUnsigned()
        salt = try decoder.decodeBytes()
        try decoder.finish()
        guard !founders.isEmpty, (1...UInt64(founders.count)).contains(threshold) else {
            throw .unexpected("a hive needs founders and a threshold among them")
        }
    }
}
