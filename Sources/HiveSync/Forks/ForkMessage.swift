public import HiveCore

/// What nodes say to each other about logs with two histories. Any may be lost, repeated or come late.
public enum ForkMessage: Sendable, Hashable {
    /// Asks for the proof of what a log is like at a size, against the history that ends with a root; nil for any.
    case proofRequest(LogID, size: UInt64, root: Digest?)
    /// The answer.
    case proof(ForkProbe)
    /// Asks for what was written to a log behind the size at which evidence ended it, so that it can be issued anew.
    case branchRequest(LogID)
    /// One such history.
    case branch(LogRange)
}

extension ForkMessage {
    func encode(into encoder: inout CBOREncoder) {
        switch self {
        case .proofRequest(let log, let size, let root):
            encoder.begin(.proofRequest, parts: 3)
            encoder.encode(digest: log.digest)
            encoder.encode(unsigned: size)
            if let root { encoder.encode(digest: root) } else { encoder.encodeNull() }
        case .proof(let probe):
            encoder.begin(.proof, parts: 6)
            probe.checkpoint.encode(into: &encoder)
            encoder.encode(unsigned: probe.size)
            encoder.encode(digest: probe.root)
            encoder.encode(array: probe.consistency) { $0.encode(digest: $1) }
            if let next = probe.next { encoder.encode(bytes: next.header) } else { encoder.encodeNull() }
            encoder.encode(array: probe.next?.inclusion ?? []) { $0.encode(digest: $1) }
        case .branchRequest(let log):
            encoder.begin(.branchRequest, parts: 1)
            encoder.encode(digest: log.digest)
        case .branch(let range): encoder.encode(.branch, range)
        }
    }

    /// Nil for a message about something else.
    static func decode(
        _ number: MessageNumber, _ decoder: inout CBORDecoder
    ) throws(CBORError) -> ForkMessage? {
        switch number {
        case .proofRequest:
            let log = LogID(try decoder.decodeDigest())
            let size = try decoder.decodeUnsigned()
            let root = try decoder.decodeNullIfPresent() ? nil : decoder.decodeDigest()
            return .proofRequest(log, size: size, root: root)
        case .proof: return .proof(try ForkProbe(from: &decoder))
        case .branchRequest: return .branchRequest(LogID(try decoder.decodeDigest()))
        case .branch: return .branch(try LogRange(from: &decoder))
        default: return nil
        }
    }
}

extension ForkProbe {
    fileprivate init(from decoder: inout CBORDecoder) throws(CBORError) {
        let checkpoint = try Checkpoint(from: &decoder)
        let size = try decoder.decodeUnsigned()
        let root = try decoder.decodeDigest()
        let consistency = try decoder.decodeArray { decoder throws(CBORError) in try decoder.decodeDigest() }
        let header = try decoder.decodeNullIfPresent() ? nil : decoder.decodeBytes()
        let inclusion = try decoder.decodeArray { decoder throws(CBORError) in try decoder.decodeDigest() }
        self.init(
            checkpoint: checkpoint, size: size, root: root, consistency: consistency,
            next: header.map { Next(header: $0, inclusion: inclusion) })
    }
}
