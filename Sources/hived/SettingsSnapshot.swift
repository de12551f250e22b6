import Configuration
import HiveRules

/// A configuration file as single values and lists of them. What is more than that is left out: lists of mappings, which
/// `MirrorSection` and `ConflictSection` read for themselves.
struct SettingsSnapshot: FileConfigSnapshot {
    private let yaml: YAMLSnapshot

    init(data: RawSpan, providerName: String, parsingOptions: YAMLSnapshot.ParsingOptions) throws {
        let text = data.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        let plain = try YAMLReader.text(
            try YAMLReader.text(text, without: "mirrors", of: "backup"), without: "policies", of: "conflicts")
        let bytes = Array(plain.utf8)
        yaml = try YAMLSnapshot(data: bytes.span.bytes, providerName: providerName, parsingOptions: parsingOptions)
    }

    var providerName: String { yaml.providerName }

    func value(forKey key: AbsoluteConfigKey, type: ConfigType) throws -> LookupResult {
        try yaml.value(forKey: key, type: type)
    }

    var description: String { yaml.description }
    var debugDescription: String { yaml.debugDescription }
}
