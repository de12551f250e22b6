/// An incident as its document says.
public struct Incident: Sendable, Hashable {
    public let title: String
    public let summary: String?
    public let severity: Severity
    public let status: IncidentStatus
    /// What it hurt, sorted.
    public let systems: [String]
    /// In the order of the times that the entries name.
    public let timeline: [TimelineEntry]
    public let detectedAt: Timestamp
    /// What ended it, the shown one first. Several where people ended it at once, each in words of their own.
    public let resolutions: [String]
    public let lessons: String?

    /// More entries than this make an incident that nobody reads.
    public static let longestTimeline = 1000

    public init(_ state: DocumentState) {
        title = state.text(EngramField.title) ?? ""
        summary = state.text(EngramField.summary)
        severity = state.text(EngramField.severity).flatMap(Severity.init(rawValue:)) ?? .sev3
        status = state.text(EngramField.phase).flatMap(IncidentStatus.init(rawValue:)) ?? .open
        systems = state.texts(EngramField.systems)
        let entries = (state[EngramField.timeline]?.entries ?? []).map(TimelineEntry.init)
        timeline = entries.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
        detectedAt =
            state.time(EngramField.detectedAt)
            ?? Timestamp(milliseconds: Int64(state.creation.stamp.milliseconds))
        let siblings = (state[EngramField.resolution]?.siblings ?? []).sorted {
            ($0.stamp, $0.dot) > ($1.stamp, $1.dot)
        }
        resolutions = siblings.compactMap { $0.inline?.text }
        lessons = state.text(EngramField.lessons)
    }

    /// When it was resolved first and not opened again; nil while it is not resolved.
    public var resolvedAt: Timestamp? {
        guard status == .resolved else { return nil }
        var since: Timestamp?
        for entry in timeline {
            guard let status = entry.status else { continue }
            since = status == .resolved ? since ?? entry.at : nil
        }
        // Somebody who did not know of it may have written another status at the same time.
        return since ?? timeline.last { $0.status == .resolved }?.at
    }

    /// From the detection to the resolution, or to now, in seconds.
    public func duration(now: Timestamp) -> Int64 {
        let (length, overflow) = (resolvedAt ?? now).milliseconds.subtractingReportingOverflow(detectedAt.milliseconds)
        return overflow ? 0 : max(0, length / 1000)
    }

    /// The incident in sentences.
    public var text: String {
        var parts = [title, "\(severity.rawValue) (\(severity.name)), \(status.rawValue)"]
        if !systems.isEmpty { parts[1] += ", affects " + systems.joined(separator: ", ") }
        parts += [summary].compactMap(\.self) + timeline.compactMap(\.text)
        parts += resolutions.map { "Resolution: \($0)" } + [lessons.map { "Lessons: \($0)" }].compactMap(\.self)
        return parts.joined(separator: "\n")
    }
}
