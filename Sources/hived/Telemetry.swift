import Foundation
import HiveAPI
import HiveNode
import HiveTelemetry
import Logging
import ServiceLifecycle
import Tracing

/// What others can see of this process: its log, its traces, what it takes.
struct Telemetry: Sendable {
    let levels: LogLevels
    let output: LogOutput
    private let format: LogSettings.Format
    private let writesFile: Bool
    private let traces: (endpoint: String, share: Double)?
    private let spans = SpanBuffer()

    /// Throws where the log file cannot be opened.
    init(_ settings: DaemonSettings) throws {
        let log = settings.operating.log
        levels = LogLevels(settings.logLevel)
        output = try LogOutput(log, now: { Date() })
        format = log.format
        writesFile = log.file != nil
        traces = settings.operating.traces
    }

    /// Once in a process.
    func bootstrap() {
        let (levels, output, format) = (levels, output, format)
        LoggingSystem.bootstrap(
            { label, provider in
                var handler = HiveLogHandler(label: label, format: format, levels: levels, output: output)
                handler.metadataProvider = provider
                return handler
            }, metadataProvider: .hive)
        guard let traces else { return }
        InstrumentationSystem.bootstrap(HiveTracer(sampler: TraceSampler(share: traces.share), buffer: spans))
    }

    /// What runs beside the node; ends after it.
    func services(node: String, name: String) -> [any Service] {
        let logger = Logger(label: "hive.telemetry")
        var services: [any Service] = writesFile ? [LogKeeper(output: output, logger: logger)] : []
        if let traces {
            let resource = [
                "service.name": "hived", "service.version": DaemonSettings.version, "service.instance.id": node,
                "hive.node.name": name,
            ]
            services.append(
                SpanExporter(endpoint: traces.endpoint, resource: resource, buffer: spans, logger: logger))
        }
        return services
    }

    /// Lets a node tell what its process and its disk are like.
    func watch(_ surroundings: inout Surroundings, directory: String) {
        surroundings.isTraced = traces != nil
        surroundings.room = { ProcessUsage.room(at: directory) }
        surroundings.usage = { ProcessUsage.bytes(directory: directory) }
        let (spans, output, isTraced) = (spans, output, traces != nil)
        surroundings.meters = {
            let dropped = MetricSample(
                name: "hive_log_lines_dropped_total", type: .counter, help: "Log lines that could not be written.",
                value: Double(output.droppedLines))
            return (isTraced ? spans.samples : []) + [dropped]
        }
    }
}
