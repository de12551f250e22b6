import HiveCEL

/// Prompt templates: one, or several by name.
enum PromptReader {
    static func manifests(_ tree: Tree, path: String) -> [Manifest] {
        let isOne =
            ["system", "context", "task", "constraints"].contains { tree[$0] != nil && tree[$0]?.isMap == false }
            || tree["constraints"] != nil
        let named = isOne ? [(key: "prompt_template", value: tree)] : tree.entries.filter(\.value.isMap)
        return named.map { manifest($0.value, path: path, name: $0.key) }
    }

    private static func manifest(_ tree: Tree, path: String, name: String) -> Manifest {
        var facts = Facts()
        for part in ["system", "context", "task"] {
            guard let text = tree[part]?.text else { continue }
            facts.set(part, text)
            facts.set(part + "Tokens", TokenCount.estimate(text))
        }
        let constraints = tree["constraints"]
        facts.set("maxTokens", Quantity.processors(constraints?["max_tokens"]))
        facts.set("temperature", Quantity.processors(constraints?["temperature"]))
        facts.set("stopSequences", texts: constraints?["stop_sequences"]?.texts ?? [])
        return Manifest(
            kind: DeclarationReader.promptKind, path: path, name: name, line: tree.line, facts: facts.values)
    }
}
