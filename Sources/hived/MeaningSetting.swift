import Configuration
import HiveAPI
import HiveCore
import HiveEmbedding

/// What memories are found by, as `search` of the configuration says.
struct MeaningSetting {
    static let keys =
        ServerSetting.keys + ["dimensions", "question-timeout", "batch", "question-prefix", "text-prefix"]

    private enum Source {
        case wordsOnly
        case table
        case server(RemoteModelSettings)
    }

    private let source: Source
    /// How much of a score is its meaning; nil for what was measured to be best.
    let weight: Double?

    init(_ reader: ConfigReader, directory: String) throws {
        let search = ServerSetting(reader, below: ["search"], directory: directory)
        let meaning = ServerSetting(reader, below: ["search", "meaning"], directory: directory)
        weight = try search.text("alpha").map { text in
            guard let value = Double(text), (0...1).contains(value) else {
                throw search.wrong(text, "alpha", hint: "use a number from 0 (words alone) to 1 (meaning alone)")
            }
            return value
        }
        let given = meaning.text("provider")
        switch (given ?? search.text("meaning") ?? "on").lowercased() {
        case "on", "yes", "true", "static": source = .table
        case "off", "no", "false": source = .wordsOnly
        case "openai": source = .server(try Self.server(.openai, meaning))
        case "ollama": source = .server(try Self.server(.ollama, meaning))
        case let other:
            throw search.wrong(
                other, given == nil ? "meaning" : "meaning.provider", hint: "use on, off, static, openai or ollama")
        }
    }

    private static func server(
        _ provider: RemoteModelSettings.Provider, _ setting: ServerSetting
    ) throws -> RemoteModelSettings {
        var settings = try setting.settings(of: provider)
        settings.dimensions = try setting.integer("dimensions", in: 1...16_384)
        if let batch = try setting.integer("batch", in: 1...2048) { settings.batch = batch }
        if let timeout = try setting.duration("question-timeout", in: .milliseconds(10) ... .seconds(30)) {
            settings.questionTimeout = timeout
        }
        settings.questionPrefix = setting.text("question-prefix") ?? ""
        settings.textPrefix = setting.text("text-prefix") ?? ""
        return settings
    }

    /// Nil where words are enough.
    var embedder: (any Embedder)? {
        switch source {
        case .wordsOnly: nil
        case .table: StaticEmbedder()
        case .server(let settings): RemoteEmbedder(settings)
        }
    }

    /// The model on the server; nil for none.
    var server: RemoteModelSettings? {
        if case .server(let settings) = source { settings } else { nil }
    }

    /// The embedder of a model that served before. Before the first there was the table.
    func formerEmbedder(_ model: String?) -> (any Embedder)? {
        guard let model else { return StaticEmbedder() }
        return server?.serving(model).map { RemoteEmbedder($0) }
    }
}

extension DaemonSettings {
    /// What an operator should know about the models that were chosen.
    var modelWarnings: [String] {
        [meaning.server, summaries].compactMap { $0 }.filter { $0.key != nil && $0.url.isReadable }.map {
            "the key for \($0.url) can be read on the way: use https"
        }
    }
}
