import HiveAPI

/// Records that echo what was asked: what becomes of it is the node's business and tested there.
extension InMemoryNode: InfrastructureService {
    private static func state(_ machine: String, _ component: String, _ request: RecordInfrastructure? = nil)
        -> InfrastructureRecord
    {
        InfrastructureRecord(
            id: "m1", machine: machine, component: component, status: request?.status ?? "unknown",
            type: request?.type, values: request?.values ?? [:], note: request?.note, observedAt: time(1),
            changedAt: time(1), scope: request?.scope ?? "collective:main", tags: request?.tags ?? [],
            author: Author(agent: request?.agent, node: "n1"), version: version(1))
    }

    func record(_ request: RecordInfrastructure, as caller: Caller) async throws -> InfrastructureRecord {
        note("record \(request.machine)", caller)
        return Self.state(request.machine, request.component ?? "machine", request)
    }

    func infrastructure(
        _ query: InfrastructureQuery, as caller: Caller
    ) async throws -> Page<InfrastructureRecord> {
        note("infrastructure \(query.json.text)", caller)
        return Page(items: [Self.state(query.machine ?? "web-3", "nginx")], next: "1")
    }

    func infrastructure(
        of machine: String, _ component: String, scope: String?, as caller: Caller
    ) async throws -> InfrastructureRecord {
        note("infrastructure \(machine) \(component) \(scope ?? "-")", caller)
        return Self.state(machine, component)
    }

    func infrastructureHistory(
        of machine: String, _ component: String, scope: String?, as caller: Caller
    ) async throws -> Page<InfrastructureObservation> {
        note("infrastructureHistory \(machine) \(component) \(scope ?? "-")", caller)
        let seen = InfrastructureObservation(status: "ok", observedAt: Self.time(1), author: Author(node: "n1"))
        return Page(items: [seen])
    }
}

extension InMemoryNode: IncidentService {
    private static func incident(_ id: String, _ title: String, _ severity: String) -> IncidentRecord {
        IncidentRecord(
            id: id, title: title, severity: severity, status: "open", detectedAt: time(1), durationSeconds: 60,
            scope: "collective:main", author: Author(node: "n1"), version: version(1))
    }

    func openIncident(_ request: OpenIncident, as caller: Caller) async throws -> IncidentRecord {
        note("openIncident \(request.json.text)", caller)
        return Self.incident("i1", request.title, request.severity)
    }

    func updateIncident(
        _ id: String, with request: UpdateIncident, as caller: Caller
    ) async throws -> IncidentRecord {
        note("updateIncident \(id) \(request.json.text)", caller)
        if request.status == "open" {
            throw HiveError(.illegalTransition, "it is open", hint: "it can become investigating")
        }
        return Self.incident(id, request.title ?? "t", request.severity ?? "sev3")
    }

    func linkIncident(_ id: String, with request: LinkIncident, as caller: Caller) async throws -> IncidentRecord {
        note("linkIncident \(id) \(request.relation) \(request.target)", caller)
        return Self.incident(id, "t", "sev3")
    }

    func incident(_ id: String, as caller: Caller) async throws -> IncidentRecord {
        note("incident \(id)", caller)
        return Self.incident(id, "t", "sev3")
    }

    func incidents(_ query: IncidentQuery, as caller: Caller) async throws -> Page<IncidentRecord> {
        note("incidents \(query.json.text)", caller)
        return Page(items: [Self.incident("i1", "t", "sev3")])
    }

    func incidentSuggestions(_ id: String, as caller: Caller) async throws -> IncidentSuggestions {
        note("suggestions \(id)", caller)
        return IncidentSuggestions(runbooks: [
            SuggestedRunbook(id: "r1", title: "restart", runs: 2, successes: 1, score: 0.5)
        ])
    }
}

extension InMemoryNode: RunbookService {
    private static func runbook(_ id: String, _ title: String) -> RunbookRecord {
        RunbookRecord(
            id: id, title: title, steps: [RunbookStepRecord(text: "look")],
            statistics: RunbookStatistics(runs: 0, successes: 0, partial: 0, failures: 0),
            markdown: "# \(title)\n", scope: "collective:main", author: Author(node: "n1"), version: version(1))
    }

    func writeRunbook(_ request: WriteRunbook, as caller: Caller) async throws -> RunbookRecord {
        note("writeRunbook \(request.json.text)", caller)
        return Self.runbook("r1", request.title ?? "t")
    }

    func updateRunbook(_ id: String, with request: WriteRunbook, as caller: Caller) async throws -> RunbookRecord {
        note("updateRunbook \(id) \(request.json.text)", caller)
        return Self.runbook(id, request.title ?? "t")
    }

    func runbook(_ id: String, as caller: Caller) async throws -> RunbookRecord {
        note("runbook \(id)", caller)
        return Self.runbook(id, "t")
    }

    func runbooks(_ query: RunbookQuery, as caller: Caller) async throws -> Page<RunbookRecord> {
        note("runbooks \(query.json.text)", caller)
        return Page(items: [Self.runbook("r1", "t")])
    }

    func recordRun(_ id: String, with request: RecordRun, as caller: Caller) async throws -> RunbookRecord {
        note("recordRun \(id) \(request.outcome)", caller)
        return Self.runbook(id, "t")
    }
}

extension InMemoryNode: StatisticsService {
    func memoryStatistics(as caller: Caller) async throws -> MemoryStatistics {
        note("memoryStatistics", caller)
        let count = withState { $0.records.count }
        return MemoryStatistics(
            memories: count, byKind: ["semantic": count], contested: 0, forgotten: 0, erased: 0, expired: 0,
            archived: 0, textBytes: 0, unseen: 0)
    }
}
