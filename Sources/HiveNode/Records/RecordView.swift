import HiveAPI
import HiveCore

/// Shows documents as records.
struct RecordView {
    let view: MemoryView
    let now: Timestamp

    init(view: MemoryView, now: Timestamp) {
        self.view = view
        self.now = now
    }

    init(_ replica: inout Replica, _ transaction: any StoreTransaction, now: Timestamp) throws {
        view = MemoryView(transaction: transaction, lookup: try ScopeLookup(&replica, transaction))
        self.now = now
    }

    init(_ context: inout WriteContext) throws {
        try self.init(&context.replica, context.transaction, now: context.now)
    }

    /// The record of a type whose id begins so. Throws as `MemoryView.find` does, and where it is something else.
    func find(_ id: String, _ type: RecordType) throws -> DocumentState {
        let state = try view.find(id)
        guard Record(state)?.type == type else {
            let command = type == .infrastructure ? "infra" : type.rawValue
            throw HiveError(
                .notFound, "the memory `\(id)` is no \(type.noun)", hint: "hivectl \(command) list shows what there is")
        }
        return state
    }

    private func engram(_ state: DocumentState) throws -> Engram {
        guard let engram = try view.engram(state) else { throw HiveError(.notFound, "the document is no memory") }
        return engram
    }

    private func author(_ state: DocumentState) throws -> Author {
        try view.author(state.creation.dot, agent: state.creation.agent)
    }

    // MARK: Infrastructure

    func infrastructure(_ state: DocumentState) throws -> InfrastructureRecord {
        let record = InfrastructureState(state)
        let seen = record.observation
        let siblings = (state[EngramField.observation]?.siblings ?? []).sorted {
            ($0.stamp, $0.dot) > ($1.stamp, $1.dot)
        }
        let author = try siblings.first.map { try view.author($0.dot, agent: $0.agent) } ?? author(state)
        return InfrastructureRecord(
            id: state.address.document.description, machine: record.machine, component: record.component,
            status: seen.status.rawValue, type: seen.type, values: seen.json, note: seen.note,
            observedAt: seen.at.rfc3339, changedAt: seen.changedAt.rfc3339, previousStatus: seen.previous?.rawValue,
            scope: view.lookup.name(of: state.address.scope), tags: try engram(state).tags, author: author,
            contested: state.isContested || state.wasRevived,
            concurrent: try siblings.dropFirst().filter { $0.value != siblings[0].value }.map {
                try observation($0.inline, by: view.author($0.dot, agent: $0.agent))
            }, version: state.version.token)
    }

    func observation(_ value: CBORValue?, by author: Author) -> InfrastructureObservation {
        let seen = Observation(value)
        return InfrastructureObservation(
            status: seen.status.rawValue, type: seen.type, values: seen.json, note: seen.note,
            observedAt: seen.at.rfc3339, author: author)
    }

    // MARK: Incidents

    func incident(_ state: DocumentState) throws -> IncidentRecord {
        let incident = Incident(state)
        let engram = try engram(state)
        return IncidentRecord(
            id: state.address.document.description, title: incident.title, summary: incident.summary,
            severity: incident.severity.rawValue, status: incident.status.rawValue, systems: incident.systems,
            timeline: incident.timeline.map {
                IncidentEntry(at: $0.at.rfc3339, text: $0.text, status: $0.status?.rawValue, agent: $0.agent)
            }, links: engram.links.map { MemoryLink(relation: $0.relation, target: $0.target) },
            detectedAt: incident.detectedAt.rfc3339, resolvedAt: incident.resolvedAt?.rfc3339,
            durationSeconds: Int(incident.duration(now: now)), resolutions: incident.resolutions,
            lessons: incident.lessons, scope: view.lookup.name(of: state.address.scope), tags: engram.tags,
            author: try author(state), contested: state.isContested || state.wasRevived, version: state.version.token)
    }

    // MARK: Runbooks

    func runbook(_ state: DocumentState) throws -> RunbookRecord {
        let runbook = Runbook(state)
        let engram = try engram(state)
        return RunbookRecord(
            id: state.address.document.description, title: runbook.title, summary: runbook.summary,
            trigger: runbook.trigger, preconditions: runbook.preconditions,
            steps: runbook.steps.map {
                RunbookStepRecord(text: $0.text, command: $0.command, expected: $0.expected, rollback: $0.rollback)
            }, expectedOutcome: runbook.expectedOutcome, systems: runbook.systems, owner: runbook.owner,
            reviewedAt: runbook.reviewedAt?.rfc3339, statistics: Self.statistics(of: runbook),
            runs: runbook.runs.map {
                RunbookRunRecord(
                    at: $0.at.rfc3339, outcome: $0.outcome.rawValue, incident: $0.incident, note: $0.note,
                    seconds: $0.seconds.map(Int.init), agent: $0.agent)
            },
            links: engram.links.map { MemoryLink(relation: $0.relation, target: $0.target) },
            markdown: runbook.markdown, scope: view.lookup.name(of: state.address.scope), tags: engram.tags,
            author: try author(state), contested: state.isContested || state.wasRevived, version: state.version.token)
    }

    private static func statistics(of runbook: Runbook) -> RunbookStatistics {
        let lengths = runbook.runs.compactMap(\.seconds).sorted()
        var incidents: [String] = []
        for incident in runbook.runs.reversed().compactMap(\.incident) where !incidents.contains(incident) {
            incidents.append(incident)
        }
        return RunbookStatistics(
            runs: runbook.runs.count, successes: runbook.count(.success), partial: runbook.count(.partial),
            failures: runbook.count(.failure), lastRunAt: runbook.runs.map(\.at).max()?.rfc3339,
            medianSeconds: lengths.isEmpty ? nil : Int(lengths[lengths.count / 2]), incidents: incidents)
    }

    // MARK: Any

    /// The fields of a record as its memory shows them, and under `record` what it is; nil for other memories.
    func fields(_ state: DocumentState) throws -> JSONValue? {
        let shown: JSONValue? =
            switch Record(state) {
            case .infrastructure: try infrastructure(state).json
            case .incident: try incident(state).json
            case .runbook: try runbook(state).json
            case nil: nil
            }
        guard let type = Record(state)?.type, var fields = shown?.object else { return nil }
        // What every memory says of itself is not said again.
        for name in [
            "id", "scope", "tags", "author", "contested", "version", "links", "markdown", "suggestions", "statistics",
        ] {
            fields[name] = nil
        }
        // How long it goes on depends on when it is asked.
        if fields["resolvedAt"] == .null { fields["durationSeconds"] = nil }
        fields["record"] = .string(type.rawValue)
        return .object(fields)
    }
}

extension RecordType {
    /// What people call such a record.
    var noun: String { self == .infrastructure ? "infrastructure state" : rawValue }
}

extension Observation {
    /// The values as JSON.
    var json: [String: JSONValue] { JSONValue(.map(values)).object ?? [:] }
}
