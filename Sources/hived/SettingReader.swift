import Configuration
import HiveAPI

/// Reads single values of the configuration, from the file or the environment, whatever their type there is.
struct SettingReader {
    private let reader: ConfigReader

    init(_ reader: ConfigReader) { self.reader = reader }

    /// A value as it is written; nil where nothing is said. Names of keys within each other are separated by points.
    func text(_ key: String) -> String? {
        let key = ConfigKey(key.split(separator: ".").map(String.init))
        return reader.string(forKey: key) ?? reader.int(forKey: key).map(String.init)
            ?? reader.double(forKey: key).map { "\($0)" } ?? reader.bool(forKey: key).map { "\($0)" }
    }

    func truth(_ key: String) throws -> Bool? {
        try value(key, hint: "use on or off") {
            ["on": true, "yes": true, "true": true, "off": false, "no": false, "false": false][$0.lowercased()]
        }
    }

    func seconds(_ key: String) throws -> Int64? {
        try value(key, hint: DurationText.advice) { DurationText.seconds($0) }
    }

    /// A duration, or `off` for never.
    func secondsOrNever(_ key: String, usually usual: Int64?) throws -> Int64? {
        let given: Int64?? = try value(key, hint: DurationText.advice + ", or off") { text in
            ["off", "never", "false"].contains(text.lowercased())
                ? .some(nil) : DurationText.seconds(text).map { .some($0) }
        }
        return given ?? usual
    }

    func bytes(_ key: String, atLeast minimum: Int64) throws -> Int64? {
        try value(key, hint: "write it like 512MiB or 1GiB, at least \(minimum) bytes") { text in
            if minimum == 0, text == "0" { return 0 }
            return MirrorSection.bytes(text).map { Int64($0) }.flatMap { $0 >= minimum ? $0 : nil }
        }
    }

    private func value<Value>(_ key: String, hint: String, _ read: (String) -> Value?) throws -> Value? {
        guard let text = text(key) else { return nil }
        guard let value = read(text) else { throw Self.wrong(text, key, hint: hint) }
        return value
    }

    static func wrong(_ text: String, _ key: String, hint: String) -> HiveError {
        HiveError(.invalidInput, "`\(text)` is no value of \(key)", hint: hint)
    }
}
