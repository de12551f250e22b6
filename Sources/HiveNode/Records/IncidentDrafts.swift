import HiveAPI
import HiveCore

/// Turns requests about incidents into changes of their documents.
enum IncidentDrafts {
    static func changes(for request: OpenIncident, agent: String?, now: Timestamp) throws -> [Draft.Change] {
        guard let title = RecordText.line(request.title) else {
            throw HiveError(.invalidInput, "an incident needs a title", hint: "say in one line what is wrong")
        }
        let severity = try RecordInput.severity(request.severity)
        let detectedAt = try RecordInput.time("detectedAt", request.detectedAt, now: now) ?? now
        let resolution = try RecordInput.prose("resolution", request.resolution)
        let begun = try request.status.map(RecordInput.phase) ?? (resolution == nil ? .open : .resolved)
        guard resolution == nil || begun == .resolved else {
            throw HiveError(
                .invalidInput, "a resolution is given, and the incident would be \(begun.rawValue)",
                hint: "leave `status` out, or the resolution")
        }
        var timeline = [TimelineEntry(at: detectedAt, status: begun == .resolved ? .open : begun, agent: agent)]
        if begun == .resolved {
            timeline.append(TimelineEntry(at: max(now, detectedAt), text: resolution, status: .resolved, agent: agent))
        }
        let texts: [(UInt64, String?)] = [
            (EngramField.summary, try RecordInput.prose("summary", request.summary)),
            (EngramField.resolution, resolution),
            (EngramField.lessons, try RecordInput.prose("lessons", request.lessons)),
        ]
        return RecordDrafts.head(.incident, title: title, tags: request.tags)
            + texts.compactMap { field, text in text.map { .set(field, .text($0)) } }
            + [
                .set(EngramField.severity, .text(severity.rawValue)),
                .set(EngramField.phase, .text(begun.rawValue)),
                .set(EngramField.detectedAt, .integer(detectedAt.milliseconds)),
                .append(EngramField.timeline, timeline.map(\.value)),
            ]
            + RecordDrafts.add(
                try RecordInput.lines("systems", request.systems), to: EngramField.systems, of: nil)
    }
}

/// What an update makes of an incident.
struct IncidentUpdate {
    /// What the incident becomes; nil where it stays as it is.
    let status: IncidentStatus?
    private(set) var changes: [Draft.Change] = []

    /// Throws `illegal_transition` for a status that cannot follow.
    init(_ request: UpdateIncident, of state: DocumentState, agent: String?, now: Timestamp) throws {
        let incident = Incident(state)
        let resolution = try RecordInput.prose("resolution", request.resolution)
        status = try Self.status(request, of: incident, isResolution: resolution != nil)
        let at = try RecordInput.time("at", request.at, now: now) ?? now
        if let status, status == .resolved, at < incident.detectedAt {
            throw HiveError(
                .invalidInput, "it cannot have been resolved at \(at.rfc3339), before it was detected",
                hint: "it was detected at \(incident.detectedAt.rfc3339)")
        }
        let severity = try request.severity.map(RecordInput.severity).flatMap { $0 == incident.severity ? nil : $0 }
        let notes = [
            severity.map { "severity: \(incident.severity.rawValue) → \($0.rawValue)" },
            try RecordInput.prose("note", request.note), status == .resolved ? resolution : nil,
        ]
        let text = notes.compactMap(\.self).joined(separator: "\n")
        if !text.isEmpty || status != nil {
            guard incident.timeline.count < Incident.longestTimeline else {
                throw HiveError(
                    .tooLarge, "the timeline has \(incident.timeline.count) entries",
                    hint: "open another incident, and link it as the cause")
            }
            let entry = TimelineEntry(at: at, text: text.isEmpty ? nil : text, status: status, agent: agent)
            changes.append(.append(EngramField.timeline, [entry.value]))
        }
        var registers: [(UInt64, CBORValue?)] = []
        if let title = try RecordInput.line("title", request.title) {
            registers.append((EngramField.title, .text(title)))
        }
        if let summary = try RecordInput.prose("summary", request.summary) {
            registers.append((EngramField.summary, .text(summary)))
        }
        if let severity { registers.append((EngramField.severity, .text(severity.rawValue))) }
        if let status { registers.append((EngramField.phase, .text(status.rawValue))) }
        if let resolution { registers.append((EngramField.resolution, .text(resolution))) }
        if let lessons = try RecordInput.prose("lessons", request.lessons) {
            registers.append((EngramField.lessons, .text(lessons)))
        }
        changes += RecordDrafts.registers(registers, of: state)
        changes += RecordDrafts.add(
            try RecordInput.lines("addSystems", request.addSystems), to: EngramField.systems, of: state)
        changes += RecordDrafts.remove(request.removeSystems, from: EngramField.systems, of: state)
    }

    private static func status(
        _ request: UpdateIncident, of incident: Incident, isResolution: Bool
    ) throws -> IncidentStatus? {
        let current = incident.status
        let wanted = try request.status.map(RecordInput.phase)
        guard !isResolution || wanted == nil || wanted == .resolved else {
            throw HiveError(
                .invalidInput, "a resolution is given, and the incident would be \(wanted?.rawValue ?? "")",
                hint: "leave `status` out, or the resolution")
        }
        // The words of a resolution may be mended without a change of status.
        guard let status = wanted ?? (isResolution && current != .resolved ? .resolved : nil) else { return nil }
        guard current.successors.contains(status) else {
            let since = current == .resolved ? incident.resolvedAt.map { " since \($0.rfc3339)" } ?? "" : ""
            throw HiveError(
                .illegalTransition, "the incident is \(current.rawValue)\(since) and cannot become \(status.rawValue)",
                hint:
                    "it can become \(current.successors.map(\.rawValue).joined(separator: " or ")); a note needs no status"
            )
        }
        return status
    }
}
