import Configuration
import HiveAPI
import HiveBackup
import HiveNode
import HiveRules

/// `backup: {every, keep, directory, retention, keys, mirrors, acceptMirrors}`.
struct BackupSettings: Sendable {
    var policy = BackupPolicy()
    var places: FileBackupVault.Places

    /// Asks for every key that may stand there.
    static func check(_ reader: inout YAMLReader) throws(RuleError) {
        guard var backup = try reader.reader("backup") else { return }
        for key in ["every", "keep", "directory", "retention", "keys"] { _ = try backup.text(key) }
        _ = try MirrorSection.section(&backup)
        try backup.finish()
    }
}

extension DaemonSettings {
    static func backup(in reader: ConfigReader, directory: String, file: String?) throws -> BackupSettings {
        var settings = BackupSettings(
            places: FileBackupVault.Places(
                data: directory, backups: try path("directory", in: reader), keys: try path("keys", in: reader)))
        let mirrors = try MirrorSection(directory: directory, file: file)
        (settings.policy.mirrors, settings.policy.accepts) = (mirrors.requests, mirrors.accepts)
        settings.policy.directory = settings.places.backups
        settings.policy.interval = try seconds("every", in: reader)
        if let retention = try seconds("retention", in: reader) { settings.policy.retention = retention }
        let keep = ConfigKey(["backup", "keep"])
        if let count = reader.int(forKey: keep) ?? reader.string(forKey: keep).flatMap({ Int($0) }) {
            guard (1...10_000).contains(count) else {
                throw HiveError(.invalidInput, "`backup.keep` is \(count)", hint: "keep at least one backup")
            }
            settings.policy.keep = count
        }
        return settings
    }

    private static func path(_ name: String, in reader: ConfigReader) throws -> String? {
        guard let path = reader.string(forKey: ConfigKey(["backup", name])) else { return nil }
        guard path.hasPrefix("/") else {
            throw HiveError(
                .invalidInput, "`backup.\(name)` is no whole path: `\(path)`", hint: "write it from the root on")
        }
        return path
    }

    /// A duration: `90s`, `5m`, `24h`, `30d`; at least a second.
    private static func seconds(_ name: String, in reader: ConfigReader) throws -> Int64? {
        guard let text = reader.string(forKey: ConfigKey(["backup", name])) else { return nil }
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()), count > 0,
            count <= Int64.max / 1000 / unit / 1000
        else {
            throw HiveError(
                .invalidInput, "`\(text)` is no value of backup.\(name)", hint: "write a duration such as 24h or 30d")
        }
        return count * unit
    }
}
