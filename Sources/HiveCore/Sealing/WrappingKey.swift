/// A key at hand that wraps data keys.
public struct WrappingKey: Sendable {
    public let id: String
    private let key: SealingKey

    /// Known by its fingerprint unless its keeper has a name for it.
    public init(_ key: SealingKey, id: String? = nil) {
        self.key = key
        self.id = id ?? key.fingerprint
    }

    private var place: [UInt8] { Array("hive/1/wrapped-key\u{0}\(id)".utf8) }

    public func wrap(_ key: SealingKey, using random: inout some RandomNumberGenerator) throws -> WrappedKey {
        WrappedKey(keyID: id, bytes: try self.key.seal(key.bytes, at: place, using: &random))
    }

    /// Throws `refused` where this key did not wrap these bytes.
    public func unwrap(_ wrapped: WrappedKey) throws(KeyError) -> SealingKey {
        guard let bytes = key.open(wrapped.bytes[...], at: place), let opened = SealingKey(bytes: bytes) else {
            throw KeyError(
                .refused, "the key `\(id)` does not open what is wrapped with `\(wrapped.keyID)`",
                hint: "give the key that the database was encrypted with")
        }
        return opened
    }
}

/// Some keys at hand, the current one first, the former ones behind it.
public struct WrappingKeys: Sendable {
    public let current: WrappingKey
    private let former: [WrappingKey]

    public init(current: WrappingKey, former: [WrappingKey] = []) {
        self.current = current
        self.former = former
    }

    /// Throws `missing` where none of them has the identity that is named.
    public func unwrap(_ wrapped: WrappedKey, from place: String) throws(KeyError) -> SealingKey {
        guard let key = ([current] + former).first(where: { $0.id == wrapped.keyID }) else {
            throw KeyError(
                .missing, "\(place) does not have the key `\(wrapped.keyID)` that the database was encrypted with",
                hint:
                    "put that key back; after a change of keys it stands behind the new one until `hivectl keys rotate`"
            )
        }
        return try key.unwrap(wrapped)
    }
}
