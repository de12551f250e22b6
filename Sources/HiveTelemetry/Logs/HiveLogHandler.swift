import HiveAPI
public import Logging
import Tracing

/// Writes log lines, for people or as JSON, without what nobody should find in a log.
public struct HiveLogHandler: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let format: LogSettings.Format
    private let levels: LogLevels
    private let output: LogOutput
    /// A level of this logger alone.
    private var ownLevel: Logger.Level?

    public init(label: String, format: LogSettings.Format, levels: LogLevels, output: LogOutput) {
        self.label = label
        self.format = format
        self.levels = levels
        self.output = output
    }

    public var logLevel: Logger.Level {
        get { ownLevel ?? levels.current }
        set { ownLevel = newValue }
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let given = event.metadata { all.merge(given) { $1 } }
        let entry = LogEntry(
            time: output.now(), level: event.level, logger: label, message: Secrets.hidden(in: "\(event.message)"),
            values: all.mapValues { Secrets.hidden(in: "\($0)") })
        output.write(format == .json ? entry.json : entry.text)
    }
}

extension Logger.MetadataProvider {
    /// The request and the trace that a line belongs to.
    public static let hive = Logger.MetadataProvider {
        guard let context = ServiceContext.current else { return [:] }
        var metadata: Logger.Metadata = [:]
        if let request = context.request { metadata["request"] = "\(request)" }
        if let trace = context.trace {
            metadata["trace"] = "\(trace.traceText)"
            metadata["span"] = "\(trace.spanText)"
        }
        return metadata
    }
}
