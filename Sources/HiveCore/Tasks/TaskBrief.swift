/// What was asked for when a task was delegated.
public struct TaskBrief: Sendable, Hashable {
    public var title: String
    public var details: String?
    /// What its agent must be able to do, sorted.
    public var capabilities: [String]
    public var priority: Int64
    public var deadline: Timestamp?
    public var addressee: String?
    /// The node that the addressee acts through; nil where any agent of that name will do.
    public var addresseeNode: NodeID?
    public var choice: TaskChoice.Mode
    public var parent: DocumentID?
    /// What must be completed before, sorted.
    public var dependencies: [DocumentID]
    /// How often it may be begun.
    public var attempts: Int64
    /// For how many seconds nothing may be heard of its holder.
    public var lease: Int64

    public static let priorities: KeyValuePairs<String, Int64> = [
        "critical": 1000, "high": 750, "normal": 500, "low": 250,
    ]
    public static let usualAttempts: Int64 = 3
    /// Seconds.
    public static let usualLease: Int64 = 600

    public init(
        title: String, details: String? = nil, capabilities: [String] = [], priority: Int64 = 500,
        deadline: Timestamp? = nil, addressee: String? = nil, addresseeNode: NodeID? = nil,
        choice: TaskChoice.Mode = .suitable,
        parent: DocumentID? = nil, dependencies: [DocumentID] = [], attempts: Int64 = Self.usualAttempts,
        lease: Int64 = Self.usualLease
    ) {
        self.title = title
        self.details = details
        self.capabilities = Set(capabilities).sorted()
        self.priority = priority
        self.deadline = deadline
        self.addressee = addressee
        self.addresseeNode = addresseeNode
        self.choice = choice
        self.parent = parent
        self.dependencies = Set(dependencies).sorted()
        self.attempts = attempts
        self.lease = lease
    }

    /// Reads what a document says; what is missing or makes no sense is as usual.
    public init(_ state: DocumentState) {
        let number = { (field: UInt64) in state.shown(field)?.inline?.integer }
        self.init(
            title: state.text(TaskField.title) ?? "", details: state.text(TaskField.details),
            capabilities: state.texts(TaskField.capabilities), priority: number(TaskField.priority) ?? 500,
            deadline: state.time(TaskField.deadline), addressee: state.text(TaskField.addressee),
            addresseeNode: state.shown(TaskField.addresseeNode)?.inline?.bytes.flatMap(Digest.init(bytes:)).map(
                NodeID.init),
            choice: state.text(TaskField.choice).flatMap(TaskChoice.Mode.init(rawValue:)) ?? .suitable,
            parent: state.text(TaskField.parent).flatMap(DocumentID.init(hex:)),
            dependencies: state.texts(TaskField.dependencies).compactMap(DocumentID.init(hex:)),
            attempts: max(1, number(TaskField.attempts) ?? Self.usualAttempts),
            lease: max(1, number(TaskField.lease) ?? Self.usualLease))
    }

    /// What makes a document say so.
    public var changes: [Draft.Change] {
        var changes: [Draft.Change] = [
            .set(TaskField.title, .text(title)), .set(TaskField.priority, .integer(priority)),
            .set(TaskField.choice, .text(choice.rawValue)), .set(TaskField.attempts, .integer(attempts)),
            .set(TaskField.lease, .integer(lease)),
        ]
        if let details { changes.append(.set(TaskField.details, .text(details))) }
        if let deadline { changes.append(.set(TaskField.deadline, .integer(deadline.milliseconds))) }
        if let addressee { changes.append(.set(TaskField.addressee, .text(addressee))) }
        if let addresseeNode { changes.append(.set(TaskField.addresseeNode, .bytes(addresseeNode.digest.bytes))) }
        if let parent { changes.append(.set(TaskField.parent, .text(parent.hex))) }
        if !capabilities.isEmpty { changes.append(.add(TaskField.capabilities, capabilities.map(CBORValue.text))) }
        if !dependencies.isEmpty {
            changes.append(.add(TaskField.dependencies, dependencies.map { CBORValue.text($0.hex) }))
        }
        return changes
    }

    /// The word for a priority, or the number.
    public static func word(for priority: Int64) -> String {
        priorities.first { $0.value == priority }?.key ?? String(priority)
    }
}
