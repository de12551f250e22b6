import Foundation
import HiveCEL
@testable import HiveRules
import Testing

/// The published schema and the parser say the same.
@Suite struct RuleSchemaTests {
    private static let published = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
            "Examples/rules/rules.schema.json")

    @Test("The file in the tree is the schema of this parser (HIVE_RECORD=1 writes it)")
    func file() throws {
        if ProcessInfo.processInfo.environment["HIVE_RECORD"] != nil {
            try RuleSchema.text.write(to: Self.published, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: Self.published, encoding: .utf8) == RuleSchema.text)
    }

    private static let rule = """
        {"apiVersion":"hive/v1","kind":"Rule","metadata":{"name":"r","version":2,"type":"security","labels":{"a":"b"},"created":"2026-01-01","origin":{"a":[1]}},
        "spec":{"description":"d","scope":"agent","priority":"high","enforcement":"warn","onError":"skip","effect":"deny",
        "effective":{"from":"2026-01-01","until":"2027-01-01","zone":"UTC","days":["mon"],"hours":"09:00-10:00"},
        "match":{"events":["commit"],"tools":"Bash","commands":["x"],"paths":["x"],"agents":["x"],"roles":["x"],"machines":["x"],"projects":["x"],"kinds":["x"]},
        "params":{"a":1},"variables":{"v":"1"},"when":"variables.v == params.a","overrides":["x"],"message":"'m'","remediation":"x",
        "settings":[{"effect":"append","name":"s","value":1}],"strategy":"most-specific","violation":"true",
        "assignments":[{"scope":"project","name":"p","priority":7,"effective":{"until":"2027-01-01"}}]},
        "tests":[{"name":"t","at":"2026-02-02","each":[{"a":1}],"input":{"event":"commit"},"expect":{"effect":"deny","allowed":true,"rule":"r","matched":["r"],"message":"m","settings":{"a":1},"transformed":{"a":1}}}]}
        """
    private static let setting = """
        {"apiVersion":"hive/v1","kind":"Rule","metadata":{"name":"r"},"spec":{"effect":"set","setting":{"name":"s","value":1},"variables":[{"name":"v","expression":"1"}]}}
        """
    private static let transform = """
        {"apiVersion":"hive/v1","kind":"Rule","metadata":{"name":"r"},"spec":{"effect":"transform","priority":7,"transform":{"command":"'x'","path":"'x'","content":"'x'","url":"'x'"}}}
        """
    private static let base = """
        {"apiVersion":"hive/v1","kind":"Rule","metadata":{"name":"r"},"spec":{"abstract":true,"extends":["x"]}}
        """
    private static let set =
        "{\"apiVersion\":\"hive/v1\",\"kind\":\"RuleSet\",\"metadata\":{\"name\":\"s\",\"version\":3}}"
    private static let exception = """
        {"apiVersion":"hive/v1","kind":"RuleException","metadata":{"name":"e"},"spec":{"rules":["r"],"match":{"tools":["x"]},"when":"true","reason":"x","approvedBy":"y","effective":{"until":"2027-01-01"}},"tests":[]}
        """
    private static let schema = """
        {"apiVersion":"hive/v1","kind":"EventSchema","metadata":{"name":"s"},"spec":{"events":{"deploy":{"fields":{"a":"string","b":"list(string)","c":"any","d":"map(any)"}}}}}
        """

    private func parserAccepts(_ value: Value) -> Bool {
        do {
            // JSON is YAML.
            _ = try RuleFiles.load([.init(path: "s/f.yaml", text: JSONText.render(value))])
            return true
        } catch { return false }
    }

    @Test(
        "Whole documents, and documents with one thing changed",
        arguments: [rule, setting, transform, base, set, exception, schema])
    func agreement(text: String) throws {
        let whole = try JSONText.parse(text)
        let validator = SchemaValidator(schema: RuleSchema.value)
        let isWholeValid = validator.accepts(whole)
        #expect(isWholeValid)
        #expect(parserAccepts(whole))
        var changed = 0
        for (path, mutant) in mutants(of: whole, path: "") {
            // Which parts an effect needs, what names, times and patterns look like, is beyond the schema.
            let accepted = parserAccepts(mutant)
            let isValid = validator.accepts(mutant)
            #expect(accepted == isValid || (!accepted && isBeyondSchema(path)), "\(path): \(JSONText.render(mutant))")
            changed += accepted ? 0 : 1
        }
        #expect(changed > 3)
    }

    private func isBeyondSchema(_ path: String) -> Bool {
        let free = [
            "effect", "setting", "transform", "from", "until", "zone", "days", "hours", "at", "abstract", "extends",
            "params", "rules", "name", "expression", "message", "when", "variables", "overrides", "reason", "each",
            "violation", "created", "scope",
        ]
        return free.contains { path.contains("/\($0)") }
    }

    /// Every mapping with an unknown key, every key left out, every value replaced by one of another type.
    private func mutants(of value: Value, path: String) -> [(String, Value)] {
        switch value {
        case .map(let map):
            var found: [(String, Value)] = [(path + "/+", with(map, "unknownKey", .int(1)))]
            for entry in map.entries {
                guard case .string(let key) = entry.key else { continue }
                found.append((path + "/\(key)-", with(map, key, nil)))
                for other in [Value.list([.list([])]), .map(ValueMap(["x": .map(ValueMap())])), .string("@@"), .int(0)]
                {
                    found.append((path + "/\(key)=", with(map, key, other)))
                }
                found += mutants(of: entry.value, path: path + "/\(key)").map { ($0.0, with(map, key, $0.1)) }
            }
            return found
        case .list(let values):
            return values.indices.flatMap { place in
                mutants(of: values[place], path: path + "/\(place)").map { inner in
                    var copy = values
                    copy[place] = inner.1
                    return (inner.0, Value.list(copy))
                }
            }
        default: return []
        }
    }

    private func with(_ map: ValueMap, _ key: String, _ value: Value?) -> Value {
        var result = ValueMap()
        for entry in map.entries where !entry.key.equals(.string(key)) {
            _ = result.insert(entry.value, for: entry.key)
        }
        if let value { _ = result.insert(value, for: .string(key)) }
        return .map(result)
    }
}
