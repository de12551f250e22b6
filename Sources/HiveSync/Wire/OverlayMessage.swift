public import HiveCore

/// What nodes say to each other about who pushes what to whom, and about each other's addresses. None of it is needed: it
/// makes things fast.
public enum OverlayMessage: Sendable, Hashable {
    /// Asks for a log from a number on, and to be pushed to in its scope from now on.
    case graft(ScopeID, LogID, from: UInt64)
    /// Asks not to be pushed to in a scope: it comes from somebody else.
    case prune(ScopeID)
    /// How far logs go here, in the place of their operations.
    case announce(ScopeID, [LogHead])
    /// Where others can be reached who share a scope with both.
    case peers([SyncMessage.KnownPeer])
    /// There are too many conversations here: come back after so many milliseconds.
    case busy(UInt64)

    func encode(into encoder: inout CBOREncoder) {
        switch self {
        case .graft(let scope, let log, let first):
            encoder.begin(.graft, parts: 3)
            encoder.encode(digest: scope.digest)
            encoder.encode(digest: log.digest)
            encoder.encode(unsigned: first)
        case .prune(let scope):
            encoder.begin(.prune, parts: 1)
            encoder.encode(digest: scope.digest)
        case .announce(let scope, let heads):
            encoder.begin(.announce, parts: 2)
            encoder.encode(digest: scope.digest)
            encoder.encode(array: heads) { $1.encode(into: &$0) }
        case .peers(let peers):
            encoder.begin(.peers, parts: 1)
            encoder.encode(array: peers) { $1.encode(into: &$0) }
        case .busy(let milliseconds): encoder.encode(.busy, milliseconds)
        }
    }

    /// Nil for the number of another message.
    static func decode(
        _ number: MessageNumber, _ decoder: inout CBORDecoder
    ) throws(CBORError) -> OverlayMessage? {
        switch number {
        case .graft:
            return .graft(
                ScopeID(try decoder.decodeDigest()), LogID(try decoder.decodeDigest()),
                from: try decoder.decodeUnsigned())
        case .prune: return .prune(ScopeID(try decoder.decodeDigest()))
        case .announce:
            return .announce(ScopeID(try decoder.decodeDigest()), try decoder.decodeArray(LogHead.init(from:)))
        case .peers: return .peers(try decoder.decodeArray(SyncMessage.KnownPeer.init(from:)))
        case .busy: return .busy(try decoder.decodeUnsigned())
        default: return nil
        }
    }
}

extension SyncMessage.KnownPeer {
    func encode(into encoder: inout CBOREncoder) {
        encoder.beginArray(count: 3)
        encoder.encode(bytes: key.bytes)
        encoder.encode(text: name)
        encoder.encode(text: address)
    }

    init(from decoder: inout CBORDecoder) throws(CBORError) {
        try decoder.expectArray(count: 3)
        guard let key = PublicKey(bytes: try decoder.decodeBytes()) else {
            throw decoder.refusal("a public key has 32 bytes")
        }
        let name = try decoder.decodeText()
        self.init(key: key, name: name, address: try decoder.decodeText())
    }
}
