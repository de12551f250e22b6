import Foundation
import HiveAPI
import HiveNode
import HiveRules
import HiveServer
import HiveSync
import HiveTelemetry
import Logging

/// All settings as they are in force, for people who wonder.
struct EffectiveSettings: Sendable {
    /// Variables that say where a node is, not how it is.
    private static let others: Set<String> = ["HIVE_DATA", "HIVE_URL", "HIVE_TOKEN", "HIVE_TOKEN_FILE"]

    let directory: String
    /// Nil where there is none.
    let file: String?
    let items: [EffectiveSetting]

    init(_ settings: DaemonSettings, flags: HiveDaemon, environment: [String: String]) throws {
        directory = settings.directory
        file = DaemonSettings.file(directory: settings.directory, given: flags.config)
        var found: [String: EffectiveSetting] = [:]
        func put(_ key: String, _ value: String?, _ origin: String) {
            found[key] = EffectiveSetting(key: key, value: value, origin: origin)
        }
        for key in settings.origins.known { put(key, nil, "default") }
        for (key, value) in Self.defaults(settings) { put(key, value, "default") }
        if let file { for entry in try Self.entries(of: file) { put(entry.key, entry.value, entry.origin) } }
        let heard = settings.origins.fromEnvironment
        for (key, value) in heard { put(key, value, "environment \(Self.variable(key))") }
        let taken = Set(heard.keys.map(Self.variable))
        for (name, value) in environment where name.hasPrefix("HIVE_") && !Self.others.contains(name) {
            guard !taken.contains(name) else { continue }
            put(name, Self.isSecret(name) ? SettingOrigins.hidden : value, "environment \(name)")
        }
        let given = [
            ("name", flags.name), ("listen", flags.listen), ("mcp", flags.mcp), ("peers", flags.peers),
            ("log-level", flags.logLevel),
        ]
        for (key, value) in given { if let value { put(key, value, "flag --\(key)") } }
        items = found.values.sorted { $0.key < $1.key }
    }

    var json: JSONValue {
        [
            "data": .string(directory), "file": file.map(JSONValue.string) ?? .null,
            "items": .array(items.map(\.json)), "next": .null,
        ]
    }

    /// The keys whose values differ in another reading.
    func changes(to other: EffectiveSettings) -> [String] {
        let before = Dictionary(uniqueKeysWithValues: items.map { ($0.key, $0.value) })
        let after = Dictionary(uniqueKeysWithValues: other.items.map { ($0.key, $0.value) })
        return Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
    }

    /// `log.rotate.size` is `HIVE_LOG_ROTATE_SIZE`.
    private static func variable(_ key: String) -> String {
        "HIVE_" + key.map { $0 == "." || $0 == "-" ? "_" : String($0).uppercased() }.joined()
    }

    private static func isSecret(_ name: String) -> Bool {
        ["KEY", "TOKEN", "SECRET", "PASSWORD"].contains { name.split(separator: "_").map(String.init).contains($0) }
    }

    private static func defaults(_ settings: DaemonSettings) -> [(String, String)] {
        let log = settings.operating.log
        let health = settings.operating.health
        return [
            ("name", settings.name), ("listen", settings.listen.description), ("mcp", settings.mcp.description),
            ("peers", settings.peers.description), ("log-level", settings.logLevel.rawValue),
            ("mcp-tools", settings.toolSets.map(\.rawValue).joined(separator: ", ")),
            ("record-decisions", "\(settings.recordsDecisions)"), ("log.format", log.format.rawValue),
            ("log.access", "\(log.access)"), ("log.rotate.size", "\(log.size >> 20)MiB"),
            ("log.rotate.age", "\(log.age / 3600)h"), ("log.compress", "\(log.compresses)"),
            ("log.keep", "\(log.retention / 86_400)d"), ("health.disk-free", "\(health.diskFree >> 20)MiB"),
            ("health.peer-lag", "\(health.peerLag)s"),
            ("health.peer-silence", health.peerSilence.map { "\($0 / 3600)h" } ?? "off"),
            ("health.scrub", health.scrub.map { "\($0 / 3600)h" } ?? "off"),
        ]
    }

    // MARK: The file

    private static func entries(of path: String) throws -> [EffectiveSetting] {
        let text = try DaemonSettings.text(of: path)
        do throws(RuleError) {
            guard var reader = try YAMLReader.document(text, path: path, what: "the configuration") else { return [] }
            return try entries(&reader, below: [], name: (path as NSString).lastPathComponent)
        } catch { throw HiveError(.invalidInput, "\(error.location): \(error.message)", hint: error.hint) }
    }

    private static func entries(
        _ reader: inout YAMLReader, below path: [String], name: String
    ) throws(RuleError) -> [EffectiveSetting] {
        var entries: [EffectiveSetting] = []
        for key in reader.keysInOrder {
            if reader.isMapping(key), var inner = try reader.reader(key) {
                entries += try self.entries(&inner, below: path + [key], name: name)
                continue
            }
            let value: String
            do throws(RuleError) { value = try reader.texts(key).joined(separator: ", ") } catch {
                // A list of mappings is too much for one line.
                value = "\(try reader.readers(key).count) entries"
            }
            entries.append(
                EffectiveSetting(
                    key: (path + [key]).joined(separator: "."), value: value,
                    origin: "\(name):\(reader.location(of: key).line)"))
        }
        return entries
    }
}
