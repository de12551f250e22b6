/// A memory that is a record, with its fields read.
public enum Record: Sendable, Hashable {
    case infrastructure(InfrastructureState)
    case incident(Incident)
    case runbook(Runbook)

    /// Nil for memories that are no records. Whatever another node wrote into the fields is read as well as it can be.
    public init?(_ state: DocumentState) {
        switch state.shown(EngramField.record)?.inline?.text.flatMap(RecordType.init(rawValue:)) {
        case .infrastructure: self = .infrastructure(InfrastructureState(state))
        case .incident: self = .incident(Incident(state))
        case .runbook: self = .runbook(Runbook(state))
        case nil: return nil
        }
    }

    public var type: RecordType {
        switch self {
        case .infrastructure: .infrastructure
        case .incident: .incident
        case .runbook: .runbook
        }
    }

    /// The record in sentences: the memory's content unless somebody wrote another.
    public var text: String {
        switch self {
        case .infrastructure(let state): state.text
        case .incident(let incident): incident.text
        case .runbook(let runbook): runbook.markdown
        }
    }

    /// What lists of records filter by.
    public var facets: [Facet] {
        let own: [Facet] =
            switch self {
            case .infrastructure(let state):
                [
                    Facet("machine", state.machine), Facet("component", state.component),
                    Facet("condition", state.observation.status.rawValue),
                ]
            case .incident(let incident):
                [Facet("severity", incident.severity.rawValue), Facet("phase", incident.status.rawValue)]
                    + incident.systems.map(Self.system)
            case .runbook(let runbook):
                runbook.systems.map(Self.system) + [runbook.owner.map { Facet("owner", $0) }].compactMap(\.self)
                    + Set(runbook.helped).sorted().map { Facet("helped", $0) }
            }
        return [Facet("record", type.rawValue)] + own
    }

    /// The facet of a system; the case of its letters does not matter.
    public static func system(_ name: String) -> Facet { Facet("system", name.lowercased()) }
}

extension DocumentState {
    /// The shown text of a register; nil where there is none.
    func text(_ field: UInt64) -> String? { shown(field)?.inline?.text }

    /// The shown time of a register that holds milliseconds.
    func time(_ field: UInt64) -> Timestamp? {
        shown(field)?.inline?.integer.map(Timestamp.init(milliseconds:))
    }

    /// The texts of a set, each once, sorted.
    func texts(_ field: UInt64) -> [String] { (self[field]?.elements ?? []).compactMap(\.text).sorted() }
}
