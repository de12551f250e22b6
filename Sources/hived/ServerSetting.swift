import Configuration
import Foundation
import HiveAPI
import HiveEmbedding

/// A model on a server as the configuration names it: below `search.meaning`, or below `summaries`. What makes no sense is
/// refused; whether the server is there is seen later.
struct ServerSetting {
    static let keys = ["provider", "url", "model", "key-file", "timeout"]
    private static let localOllama = "http://127.0.0.1:11434"

    private let reader: ConfigReader
    private let path: [String]
    private let directory: String

    init(_ reader: ConfigReader, below path: [String], directory: String) {
        self.reader = reader
        self.path = path
        self.directory = directory
    }

    /// Nil where no provider is named.
    func settings() throws -> RemoteModelSettings? {
        guard let name = text("provider") else { return nil }
        guard let provider = RemoteModelSettings.Provider(rawValue: name) else {
            throw wrong(name, "provider", hint: "use openai or ollama")
        }
        return try settings(of: provider)
    }

    func settings(of provider: RemoteModelSettings.Provider) throws -> RemoteModelSettings {
        guard let model = text("model"), (1...200).contains(model.count), !model.contains(where: \.isNewline) else {
            throw HiveError(
                .invalidInput, "\(name("model")) does not name a model",
                hint: "write it like model: \(provider == .ollama ? "nomic-embed-text" : "text-embedding-3-small")")
        }
        var settings = RemoteModelSettings(
            provider: provider, url: try url(of: provider), model: model, key: try key())
        if let timeout = try duration("timeout", in: .milliseconds(50) ... .seconds(600)) { settings.timeout = timeout }
        return settings
    }

    // MARK: Values

    /// A value as it is written, whatever its type; nil where nothing is said.
    func text(_ key: String) -> String? {
        let key = ConfigKey(path + [key])
        return reader.string(forKey: key) ?? reader.int(forKey: key).map(String.init)
            ?? reader.double(forKey: key).map { "\($0)" } ?? reader.bool(forKey: key).map { "\($0)" }
    }

    func integer(_ key: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = text(key) else { return nil }
        guard let value = Int(text), range.contains(value) else {
            throw wrong(text, key, hint: "use a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    func duration(_ key: String, in range: ClosedRange<Duration>) throws -> Duration? {
        guard let text = text(key) else { return nil }
        guard let value = Self.duration(text), range.contains(value) else {
            throw wrong(
                text, key, hint: "write it like 500ms, 2s or 1m, from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    func wrong(_ value: String, _ key: String, hint: String) -> HiveError {
        HiveError(.invalidInput, "`\(value)` is no value of \(name(key))", hint: hint)
    }

    private static func duration(_ text: String) -> Duration? {
        let units = [("ms", 1), ("s", 1000), ("m", 60_000)]
        guard let unit = units.first(where: { text.hasSuffix($0.0) }), let count = Int(text.dropLast(unit.0.count)),
            (0...1_000_000).contains(count)
        else { return nil }
        return .milliseconds(count * unit.1)
    }

    private func name(_ key: String) -> String { (path + [key]).joined(separator: ".") }

    private func url(of provider: RemoteModelSettings.Provider) throws -> ServerURL {
        guard let given = text("url") ?? (provider == .ollama ? Self.localOllama : nil) else {
            throw HiveError(
                .invalidInput, "\(name("url")) is missing",
                hint: "name the server that the texts go to, like http://127.0.0.1:8080/v1")
        }
        do throws(ServerURL.Fault) { return try ServerURL(given) } catch {
            switch error {
            case .noAddress, .noHTTP: throw wrong(given, "url", hint: "write it like http://127.0.0.1:8080")
            case .credentials:
                throw HiveError(
                    .invalidInput, "\(name("url")) has a name or a password in it",
                    hint: "put the key into a file and name that: key-file")
            case .query: throw wrong(given, "url", hint: "leave out what follows ? and #")
            }
        }
    }

    /// From the file that `key-file` names, else from the environment; nil where there is none.
    private func key() throws -> APIKey? {
        let given: (text: String, place: String)
        if let file = text("key-file") {
            let path = file.hasPrefix("/") ? file : "\(directory)/\(file)"
            guard let data = FileManager.default.contents(atPath: path) else {
                throw HiveError(
                    .invalidInput, "the file `\(path)` of \(name("key-file")) cannot be read",
                    hint: "put the key there, readable by this user")
            }
            given = (String(decoding: data, as: UTF8.self), "the file `\(path)`")
        } else if let key = reader.string(forKey: ConfigKey(path + ["key"]), isSecret: true) {
            given = (key, "HIVE_\((path + ["key"]).joined(separator: "_").uppercased())")
        } else {
            return nil
        }
        guard let key = APIKey(given.text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw HiveError(
                .invalidInput, "\(given.place) does not hold a key", hint: "write the key there, and nothing else")
        }
        return key
    }
}
