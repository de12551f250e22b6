import HiveAPI
import HiveCore

/// Reads what callers give for the fields of records. What makes no sense throws `invalid_input` and says what would.
enum RecordInput {
    /// How far a clock may be ahead of this node's before what it says is refused, in seconds.
    static let tolerance: Int64 = 60

    static func line(_ name: String, _ text: String?) throws -> String? {
        guard let text else { return nil }
        guard let line = RecordText.line(text) else {
            throw HiveError(.invalidInput, "`\(name)` is empty", hint: "leave it out, or say something")
        }
        return line
    }

    static func prose(_ name: String, _ text: String?) throws -> String? {
        guard let text else { return nil }
        guard let prose = RecordText.prose(text) else {
            throw HiveError(.invalidInput, "`\(name)` is empty", hint: "leave it out, or say something")
        }
        return prose
    }

    static func lines(_ name: String, _ texts: [String]) throws -> [String] {
        try texts.compactMap { try line(name, $0) }
    }

    static func name(_ name: String, _ text: String) throws -> String {
        guard let found = InfrastructureState.name(text), name != "machine" || !found.contains("/") else {
            throw HiveError(
                .invalidInput, "`\(text)` is no name of a \(name)",
                hint: "write it without white space\(name == "machine" ? " and slashes" : ""), as in web-3")
        }
        return found
    }

    static func severity(_ word: String) throws -> Severity {
        guard let severity = Severity(word: word) else {
            throw HiveError(
                .invalidInput, "`\(word)` is no severity",
                hint: "use sev1, sev2, sev3, sev4, or critical, high, medium, low")
        }
        return severity
    }

    static func condition(_ word: String) throws -> InfrastructureStatus {
        guard let status = InfrastructureStatus(word: word) else {
            throw HiveError(
                .invalidInput, "`\(word)` is no status of something that runs",
                hint: "use ok, degraded, down or unknown")
        }
        return status
    }

    static func phase(_ word: String) throws -> IncidentStatus {
        guard let status = IncidentStatus(rawValue: word.lowercased()) else {
            throw HiveError(
                .invalidInput, "`\(word)` is no status of an incident", hint: "use \(words(IncidentStatus.allCases))")
        }
        return status
    }

    static func outcome(_ word: String) throws -> RunbookRun.Outcome {
        guard let outcome = RunbookRun.Outcome(rawValue: word.lowercased()) else {
            throw HiveError(
                .invalidInput, "`\(word)` is no outcome of a run", hint: "use \(words(RunbookRun.Outcome.allCases))")
        }
        return outcome
    }

    /// A time that has passed; nil where none is given.
    static func time(_ name: String, _ text: String?, now: Timestamp) throws -> Timestamp? {
        guard let time = try time(name, text) else { return nil }
        guard time <= now.advanced(bySeconds: tolerance) else {
            throw HiveError(
                .invalidInput, "`\(name)` lies in the future, at \(time.rfc3339)",
                hint: "check the clocks of both machines")
        }
        return time
    }

    static func time(_ name: String, _ text: String?) throws -> Timestamp? {
        guard let text else { return nil }
        guard let time = Timestamp(rfc3339: text) ?? Timestamp(rfc3339: text + "T00:00:00Z") else {
            throw HiveError(
                .invalidInput, "`\(name)` is no time: `\(text)`", hint: "write it like 2026-11-21T08:30:00Z")
        }
        return time
    }

    private static func words(_ cases: [some RawRepresentable<String>]) -> String {
        cases.map(\.rawValue).joined(separator: ", ")
    }
}
