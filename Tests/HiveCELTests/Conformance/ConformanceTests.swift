import Foundation
import HiveCEL
import Testing

/// The conformance cases of the language, where the folder with them is present: `HIVE_CEL_CONFORMANCE` names it, else
/// it is looked for beside the package.
enum ConformanceSuite {
    static let folder: URL? = {
        if let path = ProcessInfo.processInfo.environment["HIVE_CEL_CONFORMANCE"] { return URL(filePath: path) }
        let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
        let folder = package.appending(path: "../shared/conformance/cel").standardized
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    /// How many cases each file has; all of them pass.
    static let counts: [String: Int] = [
        "basic": 26, "bindings_ext": 6, "block_ext": 12, "comparisons": 169, "conversions": 53, "encoders_ext": 1,
        "fields": 31, "fp_math": 17, "integer_math": 29, "lists": 18, "logic": 10, "macros": 25, "macros2": 15,
        "math_ext": 95, "namespace": 6, "network_ext": 27, "optionals": 30, "parse": 85, "plumbing": 4, "string": 30,
        "string_ext": 96, "timestamps": 36, "type_deduction": 13,
    ]

    static func lines(of file: String) throws -> [String] {
        guard let folder else { return [] }
        let text = try String(contentsOf: folder.appending(path: "\(file).jsonl"), encoding: .utf8)
        return text.split(separator: "\n").map(String.init)
    }
}

/// The time zones of the system.
struct SystemTimeZones: TimeZoneProvider {
    func offset(ofZone name: String, at seconds: Int64) -> Int64? {
        TimeZone(identifier: name).map {
            Int64($0.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds))))
        }
    }
}

@Suite("Conformance") struct ConformanceTests {
    @Test(
        "HiveCEL answers the conformance cases as the language demands",
        .enabled(
            if: ConformanceSuite.folder != nil,
            "the conformance cases are not here; set HIVE_CEL_CONFORMANCE to their folder"),
        arguments: ConformanceSuite.counts.keys.sorted())
    func conformance(file: String) throws {
        let environment = Environment.standard.using(timeZones: SystemTimeZones())
        var passed = 0
        for line in try ConformanceSuite.lines(of: file) {
            let json = try JSONText.parse(line)
            if let problem = try Self.problem(json, environment) {
                Issue.record("\(file): \(Self.text(json, "name")): \(Self.text(json, "expr")): \(problem)")
            } else {
                passed += 1
            }
        }
        #expect(passed == ConformanceSuite.counts[file])
    }

    private static func text(_ json: Value, _ key: String) -> String {
        guard case .map(let map) = json, case .string(let text)? = map[key] else { return "" }
        return text
    }

    /// What is wrong with the answer to a case, or nil.
    private static func problem(_ json: Value, _ environment: Environment) throws -> String? {
        guard case .map(let map) = json, case .map(let expect)? = map["expect"] else { return "no expectation" }
        let subject = try EvaluationCase(json, in: environment)
        if case .map(let typed)? = expect["typedResult"] {
            let type = try ProtoJSON.type(typed["type"] ?? .null)
            let found = try subject.compile().resultType
            guard found == type else { return "the type is \(found), not \(type)" }
            return try typed["value"].flatMap { try mismatch(subject.evaluate(), $0) }
        }
        if let value = expect["value"] { return try mismatch(subject.evaluate(), value) }
        guard case .string(let hint)? = expect["error"] else { return "no expectation" }
        switch subject.evaluate() {
        case .success(let value): return "is \(JSONText.render(value)), not an error"
        case .failure(let error):
            let kinds = kinds(for: hint)
            return kinds.contains(error.kind) ? nil : "the error is \(error), not one of \(kinds.map(\.rawValue))"
        }
    }

    private static func mismatch(_ result: Result<Value, EvaluationError>, _ json: Value) throws -> String? {
        let expected = try ProtoJSON.value(json)
        switch result {
        case .failure(let error): return "is the error \(error), not \(JSONText.render(expected))"
        case .success(let value):
            return isSame(value, expected) ? nil : "is \(JSONText.render(value)), not \(JSONText.render(expected))"
        }
    }

    /// Equal and of the same type; any NaN is as good as another.
    private static func isSame(_ left: Value, _ right: Value) -> Bool {
        switch (left, right) {
        case (.double(let left), .double(let right)):
            return left.isNaN ? right.isNaN : left == right && left.sign == right.sign
        case (.list(let left), .list(let right)):
            return left.count == right.count && zip(left, right).allSatisfy(isSame)
        case (.map(let left), .map(let right)):
            return left.count == right.count
                && left.entries.allSatisfy { entry in
                    guard let other = right.entries.first(where: { isSame($0.key, entry.key) }) else { return false }
                    return isSame(entry.value, other.value)
                }
        default: return left.typeName == right.typeName && left.equals(right)
        }
    }

    /// The kinds of error that the hint of a case allows.
    private static func kinds(for hint: String) -> Set<EvaluationError.Kind> {
        let text = hint.lowercased()
        let table: [(String, Set<EvaluationError.Kind>)] = [
            ("undeclared reference", [.unknownVariable]), ("unknown variable", [.unknownVariable]),
            ("unbound function", [.unknownFunction]), ("no such key", [.noSuchKey]),
            ("unsupported key type", [.unsupportedKeyType]), ("field selection", [.noSuchOverload]),
            ("divi", [.divideByZero]), ("modulus", [.divideByZero]),
            // One case expects the division by zero on the right of an `||` under this hint.
            ("no matching overload", [.noSuchOverload, .divideByZero]), ("overload", [.noSuchOverload]),
            ("return error for overflow", [.overflow]), ("index out of range", [.indexOutOfRange]),
            ("invalid substring range", [.indexOutOfRange]),
            ("invalid_argument", [.invalidArgument, .indexOutOfRange]), ("range", [.overflow]),
            ("formatting", [.invalidArgument]), ("negative offset", [.invalidArgument]),
            ("utf-8", [.typeConversion]), ("type conversion", [.typeConversion]), ("parse error", [.typeConversion]),
            ("not allowed", [.typeConversion]),
        ]
        return table.first { text.contains($0.0) }?.1 ?? []
    }
}
