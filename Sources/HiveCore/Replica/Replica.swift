/// A node's local copy: turns writes into operations and operations into state.
///
/// A value: take a copy before a transaction and keep it when the transaction failed. All lasting state is in the
/// store; what is kept here are the clock and the laws that were evaluated already.
public struct Replica: Sendable {
    public var identity: NodeIdentity
    public var clock: HybridLogicalClock
    /// What is shown of concurrent values, and what is replaced by a plain update of a contested field.
    public var conflictPolicies = ConflictPolicies()
    /// Checks what statements of the law carry of others' signatures.
    public let verifier: any Verifying
    var laws: [ScopeID: Law] = [:]
    /// What keeps known mistakes out; tests of this package take some away.
    package var defences = Defences.standing

    /// A scope's evaluated law with the statements that it was evaluated from.
    struct Law: Sendable {
        var operations: [LawOperation]
        var acknowledged: Acknowledged
        var authority: Authority
    }

    public init(
        identity: NodeIdentity, clock: HybridLogicalClock, verifier: any Verifying = Ed25519Verifier()
    ) {
        self.identity = identity
        self.clock = clock
        self.verifier = verifier
    }

    /// Takes up the clock where the store's newest operation left it.
    public init(
        identity: NodeIdentity, reading transaction: any StoreTransaction,
        verifier: any Verifying = Ed25519Verifier()
    ) throws {
        let own = try transaction.logs.rows(.all).filter { $0.descriptor.author == identity.key }
        let latest = own.map(\.lastStamp).max() ?? Stamp(value: 0)
        self.init(identity: identity, clock: HybridLogicalClock(latest: latest), verifier: verifier)
    }
}

/// Namespaces of the local facet that the replica uses.
enum LocalNamespace {
    /// Scope identity to founding.
    static let scopes = "scopes"
    /// Hash to bytes.
    static let blobs = "blobs"
    /// Hash of a blob that is not here yet, to the document that refers to it.
    static let wantedBlobs = "wanted-blobs"
    /// Log and last leaf to what was written behind a freeze.
    static let branches = "branches"
    /// The leaf of an operation behind a freeze to the dot that it was issued anew under.
    static let reissued = "reissued"
    /// Forked logs of others that this node was told to issue anew.
    static let claims = "fork-claims"
    /// What the search index was made by.
    static let index = "index"
}
