import Yams

extension YAMLComposer {
    fileprivate var start: RuleLocation { RuleLocation(path: path, line: 1, column: 1) }
}

extension YAMLReader {
    /// The text of a document without one key of one of its mappings, for readers that do not know what stands there.
    package static func text(_ text: String, without key: String, of mapping: String) throws(RuleError) -> String {
        let composer = YAMLComposer(path: "", text: text, lineOffset: 0)
        guard var root = try composer.compose(), root[mapping]?.mapping?[Node(key)] != nil else { return text }
        root[mapping]?.mapping?[Node(key)] = nil
        do { return try Yams.serialize(node: root) } catch {
            throw RuleError("`\(mapping)` cannot be written without `\(key)`: \(error)", at: composer.start)
        }
    }
}
