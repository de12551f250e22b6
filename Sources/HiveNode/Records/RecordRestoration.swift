import HiveAPI
import HiveCore

/// Makes a record again from the fields that a memory shows under `record`: those of an export, or of a hive that was left.
struct RecordRestoration {
    let type: RecordType
    /// The changes that make its fields.
    private(set) var changes: [Draft.Change]
    /// The name of a thing that runs, and when it was seen.
    private(set) var thing: (machine: String, component: String, at: Timestamp)?

    /// Throws `invalid_input` for what is no record.
    init(_ json: JSONValue) throws {
        var fields = try FieldReader(JSONSource(json, path: "record"))
        let name: String = try fields.required("record")
        guard let type = RecordType(rawValue: name) else {
            throw HiveError(
                .invalidInput, "`record.record` cannot be `\(name)`", hint: "it is infrastructure, incident or runbook")
        }
        self.type = type
        changes = [.set(EngramField.record, .text(type.rawValue))]
        switch type {
        case .infrastructure: try readInfrastructure(&fields)
        case .incident: try readIncident(&fields)
        case .runbook: try readRunbook(&fields)
        }
    }

    /// Whether these fields make a record.
    static func accepts(_ json: JSONValue) -> Bool {
        do { return try !RecordRestoration(json).changes.isEmpty } catch { return false }
    }

    private mutating func readInfrastructure(_ fields: inout FieldReader) throws {
        let machine = try RecordInput.name("machine", fields.required("machine"))
        let component = try RecordInput.name("component", fields.required("component"))
        let seen = try Self.time("observedAt", &fields)
        let values: [String: JSONValue] = try fields.value("values", default: [:])
        let map: CBORMap = if case .map(let map) = JSONValue.object(values).cbor { map } else { CBORMap([]) }
        var observation = Observation(
            status: try RecordInput.condition(fields.required("status")), type: try fields.optional("type"),
            values: map, note: try fields.optional("note"), at: seen)
        observation.changedAt = try Self.time("changedAt", &fields)
        observation.previous = try (fields.optional("previousStatus") as String?).map(RecordInput.condition)
        thing = (machine, component, seen)
        changes += [
            .set(EngramField.machine, .text(machine)), .set(EngramField.component, .text(component)),
            .set(EngramField.observation, observation.value),
        ]
    }

    private mutating func readIncident(_ fields: inout FieldReader) throws {
        let entries: [IncidentEntry] = try fields.value("timeline", default: [])
        let timeline = try entries.map { entry in
            let at = try RecordInput.time("at", entry.at) ?? Timestamp(milliseconds: 0)
            let status = try entry.status.map(RecordInput.phase)
            return TimelineEntry(at: at, text: entry.text, status: status, agent: entry.agent)
        }
        let resolutions: [String] = try fields.value("resolutions", default: [])
        try setTexts(["title": EngramField.title], required: true, &fields)
        try setTexts(["summary": EngramField.summary, "lessons": EngramField.lessons], required: false, &fields)
        changes += [
            .set(EngramField.severity, .text(try RecordInput.severity(fields.required("severity")).rawValue)),
            .set(EngramField.phase, .text(try RecordInput.phase(fields.required("status")).rawValue)),
            .set(EngramField.detectedAt, .integer(try Self.time("detectedAt", &fields).milliseconds)),
        ]
        if !timeline.isEmpty { changes.append(.append(EngramField.timeline, timeline.map(\.value))) }
        if !resolutions.isEmpty {
            changes.append(.set(EngramField.resolution, .text(resolutions.joined(separator: "\n"))))
        }
        changes += RecordDrafts.add(
            try fields.value("systems", default: []), to: EngramField.systems, of: nil)
    }

    private mutating func readRunbook(_ fields: inout FieldReader) throws {
        let given: [RunbookStepRecord] = try fields.value("steps", default: [])
        let steps = given.compactMap {
            RunbookStep(text: $0.text, command: $0.command, expected: $0.expected, rollback: $0.rollback)
        }
        let made = Runbook(
            title: try fields.required("title"), summary: try fields.optional("summary"),
            trigger: try fields.optional("trigger"), preconditions: try fields.value("preconditions", default: []),
            steps: steps, expectedOutcome: try fields.optional("expectedOutcome"),
            systems: try fields.value("systems", default: []), owner: try fields.optional("owner"),
            reviewedAt: try RecordInput.time("reviewedAt", fields.optional("reviewedAt")))
        guard let made else { throw HiveError(.invalidInput, "`record.title` is empty", hint: "give it a title") }
        let listed: [RunbookRunRecord] = try fields.value("runs", default: [])
        let runs = try listed.map { run in
            RunbookRun(
                at: try RecordInput.time("at", run.at) ?? Timestamp(milliseconds: 0),
                outcome: try RecordInput.outcome(run.outcome), incident: run.incident, note: run.note,
                seconds: run.seconds.map(Int64.init), agent: run.agent)
        }
        changes += RecordDrafts.changes(made, of: nil)
        guard !runs.isEmpty else { return }
        changes += [
            .append(EngramField.runs, runs.map(\.value)), .count(EngramField.uses, Int64(runs.count)),
            .count(EngramField.successes, Int64(runs.count { $0.outcome == .success })),
        ]
    }

    private mutating func setTexts(
        _ names: KeyValuePairs<String, UInt64>, required: Bool, _ fields: inout FieldReader
    ) throws {
        for (name, field) in names {
            let text: String? = required ? try fields.required(name) : try fields.optional(name)
            if let text { changes.append(.set(field, .text(text))) }
        }
    }

    private static func time(_ name: String, _ fields: inout FieldReader) throws -> Timestamp {
        let text: String = try fields.required(name)
        return try RecordInput.time(name, text) ?? Timestamp(milliseconds: 0)
    }
}

extension Node {
    /// Writes a memory that is a record: under its name where it has one, and unless more is known there already.
    func restore(
        _ record: RecordRestoration, of request: StoreMemory, agent: String?, in context: inout WriteContext
    ) throws -> DocumentState {
        let founding = try Self.scope(request.scope ?? settings.recordScope.description, in: &context)
        var address = Replica.newAddress(in: founding.scope, random: &context.random)
        if let thing = record.thing {
            let place = try Self.place(thing.machine, thing.component, in: founding.scope, context.transaction)
            address = place.address
            if let known = place.state, !known.isForgotten, InfrastructureState(known).observation.at >= thing.at {
                return known
            }
        }
        var common = try MemoryDrafts.changes(for: request, now: context.now).filter {
            $0.field != .number(EngramField.content)
        }
        if try context.transaction.documents.state(address)?.isForgotten == true {
            common.append(.set(ReservedField.presence, .bool(true)))
        }
        if request.category == nil { common.append(.set(EngramField.category, .text(record.type.category))) }
        let kind = record.type.kind.document
        let draft = Draft(kind, at: address, agent: agent, resolves: true, changes: record.changes + common)
        let state = try context.commit([draft]).states[0]
        // Somebody may have written a content of his own.
        guard Record(state)?.text != request.content else { return state }
        let content = Draft(kind, at: address, agent: agent, changes: [.setText(EngramField.content, request.content)])
        return try context.commit([content]).states[0]
    }
}
