import Configuration
import HiveAPI
import HiveNode
import HiveRules
import HiveTelemetry

/// How a node is watched and how much it sends: `log`, `traces`, `health` and `sync` of the configuration.
struct OperatingSection: Sendable {
    var log = LogSettings()
    /// Where traces are sent; nil for nowhere.
    var traces: (endpoint: String, share: Double)?
    var health = HealthPolicy()
    /// Bytes of bulk to peers for each second; nil for no limit.
    var bandwidth: Int64?

    private static let keys = [
        "log": ["format", "file", "access", "compress", "keep"], "traces": ["endpoint", "sample"],
        "health": ["disk-free", "peer-lag", "peer-silence", "scrub"], "sync": ["bandwidth"],
    ]

    /// Asks for every key that may stand there. What values must be is said where they are taken, for files and the
    /// environment alike.
    static func check(_ reader: inout YAMLReader) throws(RuleError) {
        for section in keys.keys.sorted() {
            guard var entries = try reader.reader(section) else { continue }
            for key in keys[section] ?? [] { _ = try entries.text(key) }
            if section == "log", var rotation = try entries.reader("rotate") {
                for key in ["size", "age"] { _ = try rotation.text(key) }
                try rotation.finish()
            }
            try entries.finish()
        }
    }

    init(_ reader: ConfigReader) throws {
        let values = SettingReader(reader)
        bandwidth = try values.bytes("sync.bandwidth", atLeast: 16 << 10)
        if let format = values.text("log.format") {
            guard let known = LogSettings.Format(rawValue: format) else {
                throw SettingReader.wrong(format, "log.format", hint: "use text or json")
            }
            log.format = known
        }
        if let file = values.text("log.file") {
            guard file.hasPrefix("/") else {
                throw SettingReader.wrong(file, "log.file", hint: "write the whole path, from the root on")
            }
            log.file = file
        }
        log.access = try values.truth("log.access") ?? log.access
        log.size = try values.bytes("log.rotate.size", atLeast: 4096) ?? log.size
        log.age = try values.seconds("log.rotate.age") ?? log.age
        log.compresses = try values.truth("log.compress") ?? log.compresses
        log.retention = try values.seconds("log.keep") ?? log.retention
        traces = try Self.traces(values)
        if let free = try values.bytes("health.disk-free", atLeast: 0) { health.diskFree = UInt64(free) }
        health.peerLag = try values.seconds("health.peer-lag") ?? health.peerLag
        health.peerSilence = try values.secondsOrNever("health.peer-silence", usually: health.peerSilence)
        health.scrub = try values.secondsOrNever("health.scrub", usually: health.scrub)
    }

    private static func traces(_ values: SettingReader) throws -> (endpoint: String, share: Double)? {
        let share = values.text("traces.sample")
        guard let endpoint = values.text("traces.endpoint") else {
            guard share == nil else {
                throw HiveError(
                    .invalidInput, "`traces` says how many are kept, and not where they go",
                    hint: "write it like traces: {endpoint: http://127.0.0.1:4318}")
            }
            return nil
        }
        guard ["http://", "https://"].contains(where: endpoint.hasPrefix), !endpoint.contains("@") else {
            throw SettingReader.wrong(endpoint, "traces.endpoint", hint: "write it like http://127.0.0.1:4318")
        }
        guard let number = Double(share ?? "1"), (0...1).contains(number) else {
            throw SettingReader.wrong(
                share ?? "", "traces.sample", hint: "write a number from 0 for none to 1 for all")
        }
        return (Self.tracesAddress(endpoint), number)
    }

    /// An address without a path stands for the root of a collector.
    private static func tracesAddress(_ endpoint: String) -> String {
        let path = endpoint.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }
        return path.isEmpty || path == "/"
            ? (endpoint.hasSuffix("/") ? endpoint : endpoint + "/") + "v1/traces" : endpoint
    }
}
