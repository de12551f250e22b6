import HiveFuzzing
import HiveRules

extension FuzzTarget {
    /// Files of rules are read or refused; what is read is formatted, and formatting it again changes nothing.
    static let rules = FuzzTarget("rules") { bytes in
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        let source = RuleFiles.Source(path: "set/file.yaml", text: text)
        _ = try? HAIveMindReader.read(source)
        guard (try? RuleFiles.load([source])) != nil, let formatted = try? RuleFormatter.format(source) else { return }
        let again = RuleFiles.Source(path: source.path, text: formatted)
        expect((try? RuleFiles.load([again])) != nil, "formatted rules are read: \(formatted)")
        expect((try? RuleFormatter.format(again)) == formatted, "formatting again changes nothing: \(formatted)")
    }
}
