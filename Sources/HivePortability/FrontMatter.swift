import HiveAPI
import Yams

/// The fields above the text of a Markdown file. Lines that are `name: JSON` are read as they are, so that every value
/// comes back; anything else is YAML.
enum FrontMatter {
    private static let longest = 4 << 20
    private static let deepest = 64

    static func read(_ text: String) throws(HiveError) -> [String: JSONValue] {
        guard text.utf8.count <= longest else {
            throw HiveError(.tooLarge, "the front matter has \(text.utf8.count) bytes, \(longest) are allowed")
        }
        if let fields = try? lines(text) { return fields }
        try demandHarmless(text)
        do {
            guard let node = try Yams.compose(yaml: text, .basic, .default, .utf8) else { return [:] }
            guard case .mapping = node, let fields = value(node).object else {
                throw HiveError(.invalidInput, "the front matter is no list of fields", hint: "write `name: value`")
            }
            return fields
        } catch let error as HiveError { throw error } catch {
            throw HiveError(
                .invalidInput, "the front matter is not valid YAML: \(error)", hint: "check quotes and indentation")
        }
    }

    private struct NoJSON: Error {}

    private static func lines(_ text: String) throws -> [String: JSONValue] {
        var fields: [String: JSONValue] = [:]
        for line in text.utf8.split(separator: 0x0A) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { throw NoJSON() }
            let name = String(decoding: line[..<colon], as: UTF8.self)
            let value = try JSONValue(parsing: Array(line[line.index(after: colon)...]))
            guard fields.updateValue(value, forKey: name) == nil else { throw NoJSON() }
        }
        return fields
    }

    /// Refuses what is made to exhaust its reader: deep nesting, and copies that multiply.
    private static func demandHarmless(_ text: String) throws(HiveError) {
        var depth = 0
        var previous = UInt8(ascii: "\n")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
            case UInt8(ascii: "&") where " \n[{,:-".utf8.contains(previous):
                throw HiveError(
                    .invalidInput, "the front matter has an anchor (`&`)",
                    hint: "put the value in quotes, or write it out")
            default: break
            }
            guard depth <= deepest else {
                throw HiveError(.invalidInput, "the front matter nests deeper than \(deepest) levels")
            }
            previous = byte
        }
        for line in text.split(separator: "\n") where line.prefix(while: { " -?".contains($0) }).count > 2 * deepest {
            throw HiveError(.invalidInput, "the front matter nests deeper than \(deepest) levels")
        }
    }

    private static func value(_ node: Node) -> JSONValue {
        switch node {
        case .scalar(let scalar):
            guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
            return plain(scalar.string)
        case .sequence(let sequence): return .array(sequence.map(value))
        case .mapping(let mapping):
            var members: [String: JSONValue] = [:]
            for (key, value) in mapping { members[key.scalar?.string ?? ""] = self.value(value) }
            return .object(members)
        case .alias: return .null
        }
    }

    /// A scalar without quotes, by the core schema of YAML 1.2.
    private static func plain(_ text: String) -> JSONValue {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: break
        }
        guard let value = try? JSONValue(parsing: text), value.double != nil else { return .string(text) }
        return value
    }
}
