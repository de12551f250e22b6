import HiveCEL
import HiveRules
import Yams

/// Reads YAML and JSON of others, in which aliases are allowed: within limits, so that none multiplies.
struct TreeReader {
    private let path: String
    private var nodes = 0

    private static let maximumNodes = 50_000
    private static let maximumDepth = 128
    private static let maximumAnchors = 256

    /// Every document of a YAML text; documents without anything in them are left out.
    static func yaml(_ text: String, path: String) throws(ReadingProblem) -> [Tree] {
        try refuseHazards(text, path)
        var reader = TreeReader(path: path)
        var trees: [Tree] = []
        for node in try compose(text, path) {
            let tree = try reader.tree(node, depth: 0)
            if !tree.isNull { trees.append(tree) }
        }
        return trees
    }

    /// One JSON value.
    static func json(_ text: String, path: String) throws(ReadingProblem) -> Tree {
        do throws(JSONText.Failure) { return Tree(try JSONText.parse(text), line: 1) } catch {
            throw ReadingProblem("not valid JSON: \(error.message)", path: path, line: error.position.line)
        }
    }

    private init(path: String) { self.path = path }

    private static func refuseHazards(_ text: String, _ path: String) throws(ReadingProblem) {
        if let hazard = YAMLHazards.first(in: text, allowsAliases: true) {
            throw ReadingProblem("\(hazard.message); \(hazard.hint)", path: path, line: hazard.line)
        }
        var anchors = 0
        for (number, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .enumerated()
        {
            anchors += line.count { $0 == UInt8(ascii: "&") }
            if hasAliasInKey(line) {
                throw ReadingProblem("an alias in a key is not supported; write it out", path: path, line: number + 1)
            }
        }
        if anchors > maximumAnchors {
            throw ReadingProblem("more than \(maximumAnchors) anchors; use fewer", path: path, line: 1)
        }
    }

    /// Keys are hashed while they are composed, which would follow an alias to its last copy. Says so of `*a :`,
    /// of `? *a` and of `[*a]:`.
    private static func hasAliasInKey(_ line: Substring.UTF8View) -> Bool {
        guard let star = line.firstIndex(of: UInt8(ascii: "*")) else { return false }
        let name = line[star...].dropFirst().prefix { $0 > 0x20 && !"[]{},".utf8.contains($0) }
        guard !name.isEmpty else { return false }
        let rest = line[name.endIndex...]
        let isKey = rest.first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: ":")
        let isExplicit = line[..<star].first { $0 != 0x20 && $0 != UInt8(ascii: "-") } == UInt8(ascii: "?")
        return isKey || isExplicit || closesBeforeColon(rest)
    }

    private static func closesBeforeColon(_ rest: Substring.UTF8View) -> Bool {
        var isClosed = false
        for byte in rest where byte != 0x20 {
            if isClosed, byte == UInt8(ascii: ":") { return true }
            isClosed = byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
        }
        return false
    }

    private static func compose(_ text: String, _ path: String) throws(ReadingProblem) -> [Node] {
        do {
            var nodes: [Node] = []
            let parser = try Parser(yaml: text)
            while let node = try parser.nextRoot() { nodes.append(node) }
            return nodes
        } catch let error as YamlError {
            throw explained(error, path)
        } catch {
            throw ReadingProblem("not valid YAML: \(error)", path: path, line: 1)
        }
    }

    private static func explained(_ error: YamlError, _ path: String) -> ReadingProblem {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            ReadingProblem("not valid YAML: \(problem)", path: path, line: mark.line)
        case .duplicatedKeysInMapping(let duplicates, let context):
            ReadingProblem(
                "`\(duplicates.sorted().first ?? "a key")` stands twice", path: path, line: context.mark.line)
        default: ReadingProblem("not valid YAML", path: path, line: 1)
        }
    }

    private mutating func tree(_ node: Node, depth: Int) throws(ReadingProblem) -> Tree {
        let line = node.mark?.line ?? 1
        nodes += 1
        guard nodes <= Self.maximumNodes, depth <= Self.maximumDepth else {
            throw ReadingProblem(
                "the document is too large once its aliases are followed; write less of it", path: path, line: line)
        }
        switch node {
        case .scalar(let scalar): return Tree(Self.form(scalar), line: line)
        case .sequence(let sequence):
            var elements: [Tree] = []
            for element in sequence { elements.append(try tree(element, depth: depth + 1)) }
            return Tree(.list(elements), line: line)
        case .mapping(let mapping): return Tree(.map(try entries(mapping, depth: depth)), line: line)
        case .alias: throw ReadingProblem("an alias points nowhere", path: path, line: line)
        }
    }

    /// The entries with those of `<<` behind them where they are not there already. A value is where its key stands.
    private mutating func entries(
        _ mapping: Node.Mapping, depth: Int
    ) throws(ReadingProblem) -> [(key: String, value: Tree)] {
        var own: [(key: String, value: Tree)] = []
        var merged: [(key: String, value: Tree)] = []
        for (key, node) in mapping {
            let line = key.mark?.line ?? 1
            guard let name = key.scalar?.string else {
                throw ReadingProblem("keys must be plain words", path: path, line: line)
            }
            let value = try tree(node, depth: depth + 1)
            if name == "<<" {
                for source in value.isList ? value.elements : [value] { merged += source.entries }
            } else {
                own.append((name, Tree(value.form, line: line)))
            }
        }
        var names = Set(own.map(\.key))
        for entry in merged where names.insert(entry.key).inserted { own.append(entry) }
        return own
    }

    private static func form(_ scalar: Node.Scalar) -> Tree.Form {
        guard scalar.style == .any || scalar.style == .plain else { return .text(scalar.string) }
        switch scalar.string {
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        case "null", "~", "": return .null
        case let text:
            if let whole = Int64(text) { return .int(whole) }
            if let first = text.first, first.isNumber || first == "-" || first == ".", let number = Double(text) {
                return .double(number)
            }
            return .text(text)
        }
    }
}
