/// The fields that a kind of document has, by number, and the rule for fields named by a path.
public struct KindSchema: Sendable {
    private let types: [UInt64: FieldType]
    private let allowsPaths: Bool

    public init(_ types: [UInt64: FieldType], allowsPaths: Bool = false) {
        self.types = types.merging(Self.reserved) { own, _ in own }
        self.allowsPaths = allowsPaths
    }

    /// Nil for a field that this kind does not have. Fields named by a path are registers.
    public func type(of field: FieldID) -> FieldType? {
        switch field {
        case .number(let number): types[number]
        case .path: allowsPaths ? .register : nil
        }
    }

    /// The schema of a kind; nil for kinds of a later version, whose operations project to nothing here.
    public static func of(_ kind: DocumentKind) -> KindSchema? {
        switch kind {
        case .instant, .episodic, .semantic, .procedural: EngramField.schema
        case .hiveFounding, .scopeFounding, .grant, .revocation, .seal, .acknowledgement, .retirement, .succession:
            LawField.schema
        case .evidence: LawField.forkSchema
        case .rule, .setManifest: RuleField.schema
        case .task: TaskField.schema
        case .agent: AgentField.schema
        case .message: MessageField.schema
        case .agentCommand: AgentCommandField.schema
        default: nil
        }
    }

    /// Fields 0 to 7 mean the same in every kind.
    private static let reserved: [UInt64: FieldType] = [
        ReservedField.presence: .register, ReservedField.erasure: .register, ReservedField.home: .register,
    ]
}

/// The fields that every kind has.
public enum ReservedField {
    /// A register: true where the document is present, false where it was forgotten.
    public static let presence: UInt64 = 0
    /// A register: the time in Unix milliseconds from which the bytes may go. Ends this generation.
    public static let erasure: UInt64 = 1
    /// A register: the node that the document's home moved to.
    public static let home: UInt64 = 2
}

/// The fields of law documents: one register with the statement's CBOR.
public enum LawField {
    public static let statement: UInt64 = 8
    /// A list, of forks: what was issued anew.
    public static let settlements: UInt64 = 9
    static let schema = KindSchema([statement: .register])
    static let forkSchema = KindSchema([statement: .register, settlements: .list])
}

/// The fields of rules and of the manifests of rule sets.
public enum RuleField {
    /// A register: the canonical text of the rule or of the manifest.
    public static let text: UInt64 = 8
    /// A register: the name of the set that the rule belongs to.
    public static let set: UInt64 = 9
    /// A register: whether the rule is in force.
    public static let enabled: UInt64 = 10
    static let schema = KindSchema([text: .register, set: .register, enabled: .register])
}
