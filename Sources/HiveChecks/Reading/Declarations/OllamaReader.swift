import HiveCEL

/// The settings of Ollama, out of a declaration or out of a service's environment.
enum OllamaReader {
    static let kind = "ollama.config"

    /// `ollama_config` with the variables and `connection_pool`.
    static func manifest(_ tree: Tree, path: String, name: String) -> Manifest {
        var facts = Facts()
        for (key, value) in tree.entries where key.hasPrefix("OLLAMA_") { set(key, value, &facts) }
        let pool = tree["connection_pool"]
        var poolFacts = Facts()
        poolFacts.set("maxSize", Quantity.processors(pool?["max_size"]))
        poolFacts.set("timeoutSeconds", Quantity.seconds(pool?["timeout"]))
        poolFacts.set("queueTimeoutSeconds", Quantity.seconds(pool?["queue_timeout"]))
        facts.set("pool", poolFacts.value)
        facts.set("fromEnvironment", false)
        return Manifest(kind: kind, path: path, name: name, line: tree.line, facts: facts.values)
    }

    /// Nil for an environment that says nothing of Ollama's load. The address of a server alone is no configuration.
    static func manifest(environment: [String: String], path: String, name: String, line: Int) -> Manifest? {
        var facts = Facts()
        for key in settings.keys {
            if let value = environment[key] { set(key, Tree(.text(value), line: line), &facts) }
        }
        guard !facts.values.isEmpty else { return nil }
        facts.set("fromEnvironment", true)
        return Manifest(kind: kind, path: path, name: name, line: line, facts: facts.values)
    }

    private static let settings = [
        "OLLAMA_NUM_PARALLEL": "parallel", "OLLAMA_NUM_THREADS": "threads", "OLLAMA_MAX_LOADED_MODELS": "loadedModels",
        "OLLAMA_KEEP_ALIVE": "keepAliveSeconds",
    ]

    private static func set(_ key: String, _ value: Tree, _ facts: inout Facts) {
        guard let name = settings[key] else { return }
        facts.set(name, name == "keepAliveSeconds" ? keepAlive(value) : Quantity.processors(value))
    }

    /// A negative time keeps models for ever.
    private static func keepAlive(_ value: Tree) -> Double? {
        value.text?.hasPrefix("-") == true ? .infinity : Quantity.seconds(value)
    }
}
