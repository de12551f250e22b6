import Configuration
import HiveAPI
import HiveRules
import HiveServer

/// Who may speak to the listeners of a node, and how: the keys `tls`, `hosts` and `limits` of the configuration.
struct AccessSettings: Sendable {
    /// How listeners are encrypted.
    enum Encryption: Sendable, Hashable {
        case none
        /// With a certificate that the node makes for itself.
        case selfMade
        case files(certificate: String, key: String)
    }

    var encryption = Encryption.none
    /// Names besides those of this machine that callers may use.
    var hosts: [String] = []
    var limits = AccessLimits()

    private static var numbers: [(name: String, value: WritableKeyPath<AccessLimits, Int>, least: Int)] {
        [
            ("requests", \.requests, 0), ("burst", \.burst, 1), ("failures", \.failures, 1),
            ("connections", \.connections, 1), ("connections-per-address", \.connectionsPerAddress, 1),
            ("strangers", \.strangers, 1), ("requests-at-once", \.requestsAtOnce, 1),
            ("strangers-at-once", \.strangersAtOnce, 1), ("address-bytes", \.target, 256),
            ("header-bytes", \.headers, 1024),
        ]
    }

    private static var times: [(name: String, value: WritableKeyPath<AccessLimits, Duration>)] {
        [("head-time", \.headTime), ("body-time", \.bodyTime), ("strangers-body-time", \.strangersBodyTime)]
    }

    init(_ reader: ConfigReader) throws {
        hosts = reader.stringArray(forKey: "hosts") ?? []
        encryption = try Self.encryption(reader)
        for number in Self.numbers {
            guard let text = Self.text(["limits", number.name], reader) else { continue }
            guard let value = Int(text), (number.least...1_000_000_000).contains(value) else {
                throw HiveError(
                    .invalidInput, "`\(text)` is no value of limits.\(number.name)",
                    hint: "use a number from \(number.least) on")
            }
            limits[keyPath: number.value] = value
        }
        for time in Self.times {
            guard let text = Self.text(["limits", time.name], reader) else { continue }
            guard let seconds = DurationText.seconds(text) else {
                throw HiveError(
                    .invalidInput, "`\(text)` is no value of limits.\(time.name)", hint: DurationText.advice)
            }
            limits[keyPath: time.value] = .seconds(seconds)
        }
    }

    private static func encryption(_ reader: ConfigReader) throws -> Encryption {
        let word = reader.string(forKey: "tls") ?? reader.bool(forKey: "tls").map { $0 ? "auto" : "off" }
        let files = ["certificate", "key"].map { reader.string(forKey: ConfigKey(["tls", $0])) }
        if let certificate = files[0], let key = files[1] { return .files(certificate: certificate, key: key) }
        guard files.allSatisfy({ $0 == nil }) else {
            throw wrong("`tls` names a certificate or a key without the other")
        }
        switch word {
        case nil, "off", "false", "no": return .none
        case "auto", "on", "true", "yes": return .selfMade
        case let other?: throw wrong("`\(other)` is no value of tls")
        }
    }

    private static func wrong(_ what: String) -> HiveError {
        HiveError(
            .invalidInput, what, hint: "write `tls: auto`, or `tls: {certificate: FILE, key: FILE}` with files in PEM")
    }

    private static func text(_ path: [String], _ reader: ConfigReader) -> String? {
        let key = ConfigKey(path)
        return reader.string(forKey: key) ?? reader.int(forKey: key).map(String.init)
    }

    /// Refuses keys that nobody reads.
    static func check(_ reader: inout YAMLReader) throws(RuleError) {
        _ = try reader.texts("hosts")
        if reader.isMapping("tls") {
            if var tls = try reader.reader("tls") {
                for name in ["certificate", "key"] { _ = try tls.text(name) }
                try tls.finish()
            }
        } else {
            _ = try reader.text("tls")
        }
        guard var limits = try reader.reader("limits") else { return }
        for name in numbers.map(\.name) + times.map(\.name) { _ = try limits.text(name) }
        try limits.finish()
    }
}
