import HiveCEL

/// Documents that say of themselves, by one key at the top, what they declare.
enum DeclarationReader {
    /// What each key at the top declares.
    private static let kinds: [(key: String, kind: String)] = [
        ("ollama_config", OllamaReader.kind), ("platform", PlatformReader.kind), ("prompt_template", promptKind),
        ("PROMPT_TEMPLATE", promptKind), ("deployment", "deployment.config"),
        ("incident_response", "incident.response"), ("compliance_checks", "compliance.config"),
        ("analysis_checklist", "analysis.checklist"), ("state", "state.config"),
        ("measurements", MeasurementReader.kind),
    ]

    static let promptKind = "prompt.template"
    static let agentKind = "agent.declaration"

    /// Everything that a document declares; empty for one that declares nothing.
    static func manifests(_ tree: Tree, path: String) -> [Manifest] {
        if tree["agent_id"] != nil { return [agent(tree, path: path)] }
        if tree.isList {
            return tree.elements.flatMap { $0["agent_id"] == nil ? [] : manifests($0, path: path) }
        }
        return kinds.flatMap { key, kind in
            tree[key].map { manifests($0, kind: kind, key: key, in: tree, path: path) } ?? []
        }
    }

    /// What a text that cannot be read would have declared, as far as its keys tell.
    static func kinds(guessedFrom text: String) -> [String] {
        let keys = text.split(whereSeparator: \.isNewline).map { line in
            line.drop { " \t{\"'-".contains($0) }.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        }
        var kinds = Self.kinds.filter { keys.contains(Substring($0.key)) }.map(\.kind)
        if kinds.contains(MeasurementReader.kind) { kinds += keys.map { MeasurementReader.prefix + $0 } }
        if keys.contains("agent_id") { kinds.append(agentKind) }
        return kinds
    }

    private static func manifests(
        _ tree: Tree, kind: String, key: String, in document: Tree, path: String
    ) -> [Manifest] {
        switch kind {
        case OllamaReader.kind: [OllamaReader.manifest(tree, path: path, name: key)]
        case PlatformReader.kind: tree.isMap ? [PlatformReader.manifest(tree, path: path)] : []
        case MeasurementReader.kind: MeasurementReader.manifests(tree, path: path)
        case promptKind: PromptReader.manifests(tree, path: path)
        case "compliance.config", "analysis.checklist":
            // What belongs to a list stands beside it.
            [declared(document, kind: kind, name: key, line: tree.line, path: path)]
        default: tree.isMap ? [declared(tree, kind: kind, name: key, line: tree.line, path: path)] : []
        }
    }

    private static func declared(_ tree: Tree, kind: String, name: String, line: Int, path: String) -> Manifest {
        Manifest(kind: kind, path: path, name: name, line: line, facts: facts(of: tree))
    }

    private static func agent(_ tree: Tree, path: String) -> Manifest {
        Manifest(
            kind: agentKind, path: path, name: tree["agent_id"]?.text ?? "", line: tree["agent_id"]?.line ?? tree.line,
            facts: facts(of: tree))
    }

    private static func facts(of tree: Tree) -> [String: Value] {
        guard case .map(let map) = tree.value else { return [:] }
        return map.texts
    }
}
