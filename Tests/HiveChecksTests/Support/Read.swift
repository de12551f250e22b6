import HiveCEL
import HiveChecks

/// Reads one file, given as text.
enum Read {
    static func contents(_ text: String, as path: String, with others: [String: String] = [:])
        -> ManifestReader.Contents
    {
        ManifestReader.read(
            [SourceFile(path: path, bytes: Array(text.utf8))]
                + others.map { SourceFile(path: $0.key, bytes: Array($0.value.utf8)) })
    }

    /// The facts of the first manifest of a kind, as JSON; nil where there is none.
    static func facts(_ kind: String, in contents: ManifestReader.Contents) -> Value? {
        contents.manifests.first { $0.kind == kind }.map { .map($0.facts) }
    }

    /// One fact as JSON, or `nothing`.
    static func fact(_ name: String, of kind: String, in text: String, as path: String) -> String {
        let manifest = contents(text, as: path).manifests.first { $0.kind == kind }
        return manifest?.facts[name].map(JSONText.render) ?? "nothing"
    }

    /// One fact of the service `web` of a compose file whose service has these lines.
    static func service(_ lines: String, _ name: String) -> String {
        let body = lines.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
        return fact(
            name, of: "compose.service", in: "services:\n  web:\n    image: example\n\(body)\n", as: "compose.yaml")
    }
}
