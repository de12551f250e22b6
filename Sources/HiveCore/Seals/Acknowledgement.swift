/// A node's word that it holds logs of one stream durably, written into its own log of that stream. It names what is new
/// since the one before; all of a node's words together count. Only these move the horizon of seals: acknowledgements
/// on the wire drive flow and are forgotten.
public struct Acknowledgement: Sendable, Hashable {
    /// In order of the logs.
    public let extents: [LogExtent]

    public init(extents: [LogExtent]) {
        self.extents = extents.sorted { $0.log < $1.log }
    }

    /// The document that the acknowledgements of a log stand on.
    public static func document(for log: LogID) -> DocumentID {
        DocumentID.derived(kind: DocumentKind.acknowledgement.rawValue, key: log.digest.bytes, generation: 0)
    }

    /// CBOR `[log, size, root, …]`.
    public var value: CBORValue {
        var encoder = CBOREncoder()
        extents.encode(into: &encoder)
        return .bytes(encoder.bytes)
    }

    /// Nil for a value that is no such statement.
    public init?(_ value: CBORValue) {
        guard case .bytes(let bytes) = value else { return nil }
        do {
            var decoder = CBORDecoder(bytes)
            extents = try [LogExtent](from: &decoder)
            try decoder.finish()
        } catch { return nil }
    }
}
