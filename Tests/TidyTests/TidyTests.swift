import Foundation
import Testing

/// The habits that a machine can see.
@Suite struct TidyTests {
    /// What each target may import, besides what is in its own ring below.
    static let allowedImports: [String: Set<String>] = [
        "HiveCore": ["Crypto"],
        "HiveCEL": [],
        "HiveSync": ["HiveCore"],
        "HiveRules": ["HiveCEL", "HiveCore", "Yams"],
        "HivePacks": ["HiveRules"],
        "HiveAPI": [
            "AsyncHTTPClient", "NIOCore", "NIOHTTP1", "NIOSSL", "NIOFoundationCompat", "Foundation",
            "FoundationEssentials", "Glibc", "Darwin", "Musl", "Synchronization", "Tracing",
        ],
        "HiveNode": [
            "HiveCore", "HiveSync", "HiveRules", "HiveCEL", "HiveAPI", "Logging", "Dispatch", "Synchronization",
            "Tracing",
        ],
        "HiveTelemetry": [
            "AsyncHTTPClient", "CZlib", "Dispatch", "Foundation", "Glibc", "Darwin", "HiveAPI", "Logging", "NIOCore",
            "NIOHTTP1", "ServiceLifecycle", "Synchronization", "Tracing",
        ],
        "HiveEmbedding": [
            "AsyncHTTPClient", "CHiveTable", "Foundation", "HiveCore", "NIOCore", "NIOHTTP1", "Synchronization",
        ],
        "HiveKeys": [
            "HiveCore", "HiveAPI", "AsyncHTTPClient", "Foundation", "Glibc", "Darwin", "NIOCore", "NIOHTTP1", "NIOSSL",
        ],
        "HiveStore": ["CHiveRank", "HiveCore", "GRDB", "Foundation", "Glibc", "Darwin", "Synchronization"],
        "HiveBackup": ["HiveCore", "Crypto", "Foundation", "Glibc", "Darwin", "Synchronization"],
        "HiveHooks": ["Glibc", "Darwin", "Musl"],
        "HiveOnboarding": [
            "HiveAPI", "HiveCore", "HiveHooks", "HiveRules", "Glibc", "Darwin", "Musl", "Synchronization",
        ],
        "HivePortability": ["HiveAPI", "HiveCore", "Yams"],
        "HiveTransport": [
            "CZlib", "HiveCore", "HiveSync", "Crypto", "Foundation", "Logging", "NIOConcurrencyHelpers", "NIOCore",
            "NIOPosix", "NIOSSL", "NIOTLS", "SwiftASN1", "Synchronization", "X509",
        ],
        "HiveRulesTesting": ["HiveRules", "HiveCEL", "Testing"],
        "HiveTesting": ["HiveCore", "HiveSync", "HiveRules", "Synchronization", "Glibc", "Darwin"],
    ]

    @Test("Targets import only what their ring allows", arguments: allowedImports.keys.sorted())
    func imports(target: String) throws {
        let allowed = try #require(Self.allowedImports[target])
        for file in try SourceTree.files(in: "Sources/\(target)") {
            for line in file.code {
                let words = line.split(separator: " ").map(String.init)
                guard let place = words.firstIndex(of: "import"), place <= 1, place + 1 < words.count else { continue }
                let module = words[place + 1].split(separator: ".")[0]
                #expect(allowed.contains(String(module)), "\(file.path) imports \(module)")
            }
        }
    }

    @Test(
        "Time, randomness and tasks come into rings 0 and 1 from outside",
        arguments: ["HiveCore", "HiveCEL", "HiveSync", "HiveRules", "HiveChecks", "HivePacks"])
    func ambientCalls(target: String) throws {
        let banned = [
            "Date()", "UUID()", "Task {", "Task.detached", "Task.sleep", "Clock.now", ".random(in:",
            "SystemRandomNumberGenerator",
        ]
        for file in try SourceTree.files(in: "Sources/\(target)") {
            for (number, line) in file.code.enumerated() {
                for call in banned where line.contains(call) && !line.contains("using:") {
                    Issue.record("\(file.path):\(number + 1) calls \(call)")
                }
            }
        }
    }

    @Test("Files stay within 800 lines, lines within 120 columns", arguments: ["Sources", "Tests"])
    func sizes(folder: String) throws {
        for file in try SourceTree.files(in: folder) {
            let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count <= 800, "\(file.path) has \(lines.count) lines")
        }
    }

    @Test("Functions stay within 70 lines")
    func functions() throws {
        for file in try SourceTree.files(in: "Sources") {
            for function in FunctionScanner.functions(in: file.code) {
                #expect(
                    function.length <= 70, "\(file.path):\(function.line) has a function of \(function.length) lines")
            }
        }
    }

    @Test("A file with a public type is named after a type or an extension in it")
    func names() throws {
        for file in try SourceTree.files(in: "Sources") where file.path.hasSuffix(".swift") {
            let name = String(file.name.dropLast(6))
            let subject = String(name.split(separator: "+")[0])
            let text = file.code.joined(separator: "\n")
            for word in ["Utils", "Helpers", "Manager", "Common"] { #expect(!name.contains(word), "\(file.path)") }
            guard text.contains("public struct ") || text.contains("public enum ") || text.contains("public protocol ")
            else { continue }
            let declares = ["struct", "class", "enum", "protocol", "actor", "extension", "typealias"].contains {
                keyword in
                text.contains("\(keyword) \(subject)") || text.contains("\(keyword) HiveCEL.\(subject)")
            }
            let isListOfParts = name.contains("+")
            #expect(declares || isListOfParts, "\(file.path) declares nothing called \(subject)")
        }
    }

    @Test("Nothing is left for later")
    func unfinished() throws {
        for file in try SourceTree.files(in: "Sources") {
            for word in ["TODO", "FIXME", "not implemented"] {
                #expect(!file.text.contains(word), "\(file.path) says \(word)")
            }
            for line in file.code { #expect(!line.contains("fatalError("), "\(file.path) calls fatalError") }
        }
    }

    @Test("Every command has its name written out: to make them of types was most of a start of hivectl")
    func commandNames() throws {
        for file in try SourceTree.files(in: "Sources/hivectl") {
            let code = file.code.joined(separator: "\n")
            let commands = code.split(separator: "CommandConfiguration(").count
            let names = code.split(separator: "commandName:").count
            #expect(commands == names, "\(file.path) has commands without `commandName:`")
        }
    }

    @Test("Protocols stay within 6 requirements")
    func protocols() throws {
        for file in try SourceTree.files(in: "Sources") {
            for entry in FunctionScanner.protocols(in: file.code) {
                #expect(entry.requirements <= 6, "\(file.path): \(entry.name) has \(entry.requirements) requirements")
            }
        }
    }

    @Test("The scanner counts what it should")
    func scanner() {
        let code = CodeLines.of(
            "func a() {\n  let s = \"}\" // }\n  if x {\n  }\n}\nprotocol P {\n  func b()\n  var c: Int { get }\n}")
        #expect(FunctionScanner.functions(in: code).map(\.length) == [5])
        #expect(FunctionScanner.protocols(in: code).map(\.requirements) == [2])
    }
}
