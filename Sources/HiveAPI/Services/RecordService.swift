/// Infrastructure states, incidents and runbooks: memories with fields of their own.
public typealias RecordService = InfrastructureService & IncidentService & RunbookService

/// What runs, and how it is.
public protocol InfrastructureService: Sendable {
    func record(_ request: RecordInfrastructure, as caller: Caller) async throws -> InfrastructureRecord
    func infrastructure(_ query: InfrastructureQuery, as caller: Caller) async throws -> Page<InfrastructureRecord>
    /// The state of one thing. `scope` is needed only where several scopes know the thing.
    func infrastructure(
        of machine: String, _ component: String, scope: String?, as caller: Caller
    ) async throws -> InfrastructureRecord
    /// What was ever seen of it, newest first.
    func infrastructureHistory(
        of machine: String, _ component: String, scope: String?, as caller: Caller
    ) async throws -> Page<InfrastructureObservation>
}

/// What goes wrong, until it is well again.
public protocol IncidentService: Sendable {
    func openIncident(_ request: OpenIncident, as caller: Caller) async throws -> IncidentRecord
    /// Throws `illegal_transition` where the incident cannot become what is asked for.
    func updateIncident(_ id: String, with request: UpdateIncident, as caller: Caller) async throws -> IncidentRecord
    func linkIncident(_ id: String, with request: LinkIncident, as caller: Caller) async throws -> IncidentRecord
    func incident(_ id: String, as caller: Caller) async throws -> IncidentRecord
    func incidents(_ query: IncidentQuery, as caller: Caller) async throws -> Page<IncidentRecord>
    func incidentSuggestions(_ id: String, as caller: Caller) async throws -> IncidentSuggestions
}

/// How things are done.
public protocol RunbookService: Sendable {
    func writeRunbook(_ request: WriteRunbook, as caller: Caller) async throws -> RunbookRecord
    /// Changes the parts that are given; Markdown replaces all.
    func updateRunbook(_ id: String, with request: WriteRunbook, as caller: Caller) async throws -> RunbookRecord
    func runbook(_ id: String, as caller: Caller) async throws -> RunbookRecord
    func runbooks(_ query: RunbookQuery, as caller: Caller) async throws -> Page<RunbookRecord>
    func recordRun(_ id: String, with request: RecordRun, as caller: Caller) async throws -> RunbookRecord
}
