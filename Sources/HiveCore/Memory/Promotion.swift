/// A memory's way into a wider scope: which document its copy is, and what it takes for the copy to say the same.
///
/// The copy's identity and its origin are hashes under a secret that only holders of the source have: the salt of the
/// body of the operation that made it. Every holder comes to the same copy; nobody else can tell where it comes from.
public struct Promotion: Sendable, Hashable {
    public let source: DocumentState
    public let target: ScopeID
    private let secret: [UInt8]

    /// Nil where the source has lost the body that it was made by, and with it what only its holders know.
    public init?(of source: DocumentState, made operation: Operation, to target: ScopeID) {
        guard operation.dot == source.creation.dot, let body = operation.body else { return nil }
        self.source = source
        self.target = target
        secret = body.salt
    }

    /// What the copy says about where it comes from; another in each scope, so that two copies do not tell of each other.
    public var origin: Digest {
        .sha256(
            domain: "hive/1/origin", secret, source.address.scope.digest.bytes, source.address.document.bytes,
            target.digest.bytes)
    }

    /// Where the copy stands. The next generation takes the place of one that was erased.
    public func address(generation: UInt64) -> DocumentAddress {
        let key = Digest.sha256(
            domain: "hive/1/promotion", secret, source.address.scope.digest.bytes, source.address.document.bytes,
            target.digest.bytes)
        let document = DocumentID.derived(kind: source.kind.rawValue, key: key.bytes, generation: generation)
        return DocumentAddress(scope: target, document: document)
    }

    /// What is the source's own business, or speaks of its readers: the copy has its own.
    private static let staying: Set<UInt64> = Set(0...7).union([
        EngramField.verifications, EngramField.contradictions, EngramField.promotions, EngramField.promotionMark,
        EngramField.budget, EngramField.weight,
    ]).union(50...79)

    /// Whether a field's value goes along.
    static func carries(_ field: FieldID) -> Bool {
        switch field {
        case .number(let number): !staying.contains(number)
        case .path: true
        }
    }
}

/// What else is known where a memory is promoted.
public protocol PromotionSurroundings {
    /// The bytes of a blob; nil while it has not arrived.
    func blob(_ reference: BlobReference) throws -> [UInt8]?
    /// What a text may say in the target scope if it is an identity: itself, that of a copy there, or nil where it names
    /// what the target's readers may not know of. `mustBeKnown` where the text can only be meant as an identity.
    func visible(_ text: String, mustBeKnown: Bool) throws -> String?
    /// The log that the copy is written to.
    var log: LogID { get }
}

/// What a promotion writes.
public struct PromotionPlan: Sendable, Hashable {
    public var changes: [Draft.Change] = []
    /// The fields that stay behind, since they name what the target's readers may not know of; sorted.
    public var leftOut: [String] = []
}
