import Configuration
import HiveAPI
import HiveCore

extension DaemonSettings {
    /// Where infrastructure states, incidents and runbooks go unless their caller says otherwise: `records.scope`.
    static func recordScope(_ reader: ConfigReader) throws -> ScopeName {
        guard let text = reader.string(forKey: "records.scope") else { return .main }
        guard let name = ScopeName(text) else {
            throw HiveError(
                .invalidInput, "`\(text)` is no value of records.scope",
                hint: "use instance, agent:NAME, collective:NAME or universal")
        }
        return name
    }
}
