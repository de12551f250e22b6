/// What a file is by its name.
enum FileForm: Sendable, Hashable {
    case compose
    case dockerfile
    case yaml
    case json
    case metrics
    /// `NAME=value` lines.
    case environment
    case other

    init(_ file: SourceFile) {
        let name = file.name.lowercased()
        let suffix = name.split(separator: ".").last.map(String.init) ?? ""
        let isYAML = suffix == "yml" || suffix == "yaml"
        if isYAML, name.hasPrefix("compose.") || name.hasPrefix("compose-") || name.hasPrefix("docker-compose") {
            self = .compose
        } else if isYAML {
            self = .yaml
        } else if suffix == "json" {
            self = .json
        } else if suffix == "prom" || name == "metrics.txt" || name == "metrics" {
            self = .metrics
        } else if suffix == "env" || name.hasPrefix(".env") {
            self = .environment
        } else if Self.isDockerfile(name, suffix) {
            self = .dockerfile
        } else {
            self = .other
        }
    }

    private static func isDockerfile(_ name: String, _ suffix: String) -> Bool {
        let stem = name.split(separator: ".").first ?? ""
        // `Dockerfile.dev` is one, a program about Dockerfiles is none.
        if SourceTextReader.isWritten(in: suffix) { return false }
        if suffix == "md" || suffix == "txt" { return false }
        return stem == "dockerfile" || stem == "containerfile" || suffix == "dockerfile"
    }

    /// What such a file holds for certain.
    var kinds: [String] {
        switch self {
        case .compose: ComposeReader.kinds
        case .dockerfile: [DockerfileReader.kind]
        case .metrics: [MetricsReader.kind]
        case .yaml, .json, .environment, .other: []
        }
    }

    /// What a file that cannot be read would have held, as far as words in it tell.
    func kinds(guessedFrom text: String) -> [String] {
        guard self == .yaml || self == .json else { return kinds }
        if ("\n" + text).contains("\nservices:") { return ComposeReader.kinds }
        return DeclarationReader.kinds(guessedFrom: text)
            + (text.contains("apiVersion:") ? [KubernetesReader.kind] : [])
    }

    /// The documents of a file that has some.
    func trees(_ text: String, path: String) throws(ReadingProblem) -> [Tree] {
        switch self {
        case .compose, .yaml: try TreeReader.yaml(text, path: path)
        case .json: [try TreeReader.json(text, path: path)]
        case .dockerfile, .metrics, .environment, .other: []
        }
    }
}
