/// The proof that an author signed two histories of one log: up to a size they are one, behind it they differ.
///
/// It proves itself: whoever holds it needs neither log to believe it.
public struct ForkEvidence: Sendable, Hashable {
    public let descriptor: LogDescriptor
    public let log: LogID
    /// How many operations both histories have in common.
    public let size: UInt64
    /// The root of these.
    public let root: Digest
    /// The two histories, in order of their sizes, then roots.
    public let branches: [Branch]

    /// One history.
    public struct Branch: Sendable, Hashable {
        /// How far its author signed it.
        public let checkpoint: Checkpoint
        /// Leads from the common root to the checkpoint's (RFC 9162 §2.1.4); empty where nothing is common.
        public let consistency: [Digest]
        /// The first header that the other history does not have.
        public let header: [UInt8]
        /// Leads from that header to the checkpoint's root (RFC 9162 §2.1.3).
        public let inclusion: [Digest]

        public init(checkpoint: Checkpoint, consistency: [Digest], header: [UInt8], inclusion: [Digest]) {
            self.checkpoint = checkpoint
            self.consistency = consistency
            self.header = header
            self.inclusion = inclusion
        }
    }

    public init(descriptor: LogDescriptor, size: UInt64, root: Digest, branches: (Branch, Branch)) {
        self.descriptor = descriptor
        log = descriptor.id
        self.size = size
        self.root = root
        let (one, other) = branches
        let keys = [one, other].map { ($0.checkpoint.size, $0.checkpoint.root) }
        self.branches = keys[1] < keys[0] ? [other, one] : [one, other]
    }

    /// Whether the author signed both, and they part exactly behind the common size.
    public func isValid(verifier: any Verifying) -> Bool {
        guard branches.count == 2, branches[0].header != branches[1].header else { return false }
        return branches.allSatisfy { proves($0, verifier: verifier) }
    }

    private func proves(_ branch: Branch, verifier: any Verifying) -> Bool {
        let checkpoint = branch.checkpoint
        guard checkpoint.log == log, checkpoint.size > size,
            checkpoint.isValid(author: descriptor.author, verifier: verifier)
        else { return false }
        if size == 0 {
            guard branch.consistency.isEmpty, root == MerkleTree.emptyRoot else { return false }
        } else {
            let end = (size: checkpoint.size, root: checkpoint.root)
            guard MerkleTree.verifyConsistency(from: (size, root), to: end, proof: branch.consistency) else {
                return false
            }
        }
        return MerkleTree.verifyInclusion(
            of: Operation.leaf(of: branch.header), at: size, size: checkpoint.size, proof: branch.inclusion,
            root: checkpoint.root)
    }

    /// The document that a fork is stated on: the same for everybody who proves it.
    public var document: DocumentID { Self.document(for: log, size: size) }

    public static func document(for log: LogID, size: UInt64) -> DocumentID {
        var key = CBOREncoder()
        key.beginArray(count: 2)
        key.encode(digest: log.digest)
        key.encode(unsigned: size)
        return DocumentID.derived(kind: DocumentKind.evidence.rawValue, key: key.bytes, generation: 0)
    }
}

// MARK: - Bytes

extension ForkEvidence {
    /// CBOR `[descriptor, size, root, branch, branch]`, a branch `[checkpoint, [hash, …], header, [hash, …]]`.
    public func encoded() -> [UInt8] {
        var encoder = CBOREncoder(reserving: 2048)
        encoder.beginArray(count: 5)
        descriptor.encode(into: &encoder)
        encoder.encode(unsigned: size)
        encoder.encode(digest: root)
        for branch in branches { branch.encode(into: &encoder) }
        return encoder.bytes
    }

    public init(decoding bytes: [UInt8]) throws(CBORError) {
        var decoder = CBORDecoder(bytes)
        try decoder.expectArray(count: 5)
        let descriptor = try LogDescriptor(from: &decoder)
        let size = try decoder.decodeUnsigned()
        let root = try decoder.decodeDigest()
        let branches = (try Branch(from: &decoder), try Branch(from: &decoder))
        try decoder.finish()
        self.init(descriptor: descriptor, size: size, root: root, branches: branches)
        guard encoded() == bytes else {
            throw CBORError(code: .unexpectedValue, offset: 0, message: "the branches of evidence have an order")
        }
    }

    /// What a law operation states.
    public var value: CBORValue { .bytes(encoded()) }

    /// Nil for a value that is no evidence.
    public init?(_ value: CBORValue) {
        guard case .bytes(let bytes) = value else { return nil }
        do { try self.init(decoding: bytes) } catch { return nil }
    }
}

extension ForkEvidence.Branch {
    func encode(into encoder: inout CBOREncoder) {
        encoder.beginArray(count: 4)
        checkpoint.encode(into: &encoder)
        encoder.beginArray(count: consistency.count)
        for hash in consistency { encoder.encode(digest: hash) }
        encoder.encode(bytes: header)
        encoder.beginArray(count: inclusion.count)
        for hash in inclusion { encoder.encode(digest: hash) }
    }

    init(from decoder: inout CBORDecoder) throws(CBORError) {
        try decoder.expectArray(count: 4)
        checkpoint = try Checkpoint(from: &decoder)
        consistency = try decoder.decodeArray { decoder throws(CBORError) in try decoder.decodeDigest() }
        header = try decoder.decodeBytes()
        inclusion = try decoder.decodeArray { decoder throws(CBORError) in try decoder.decodeDigest() }
    }
}
