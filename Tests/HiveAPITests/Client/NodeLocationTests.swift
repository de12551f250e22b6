import Foundation
import HiveAPI
import Testing

@Suite struct NodeLocationTests {
    /// A data directory with these files, for the time of `body`.
    private func withDirectory(_ files: [String: String], _ body: (String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("hive-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        for (name, text) in files {
            try Data(text.utf8).write(to: directory.appendingPathComponent(name))
        }
        try body(directory.path)
    }

    private static let run = #"{"pid":1,"api":"http://127.0.0.1:5555","mcp":"http://127.0.0.1:5556/mcp","peers":null}"#

    @Test("On the same machine the data directory is enough, each role with its token")
    func local() throws {
        let files = ["run.json": Self.run, "operator.token": "op\n", "agent.token": " ag \n"]
        try withDirectory(files) { directory in
            let environment: (String) -> String? = { ["HIVE_DATA": directory][$0] }
            let operatorAt = try NodeLocation.discover(role: .operator, environment: environment)
            #expect(operatorAt.api == "http://127.0.0.1:5555")
            #expect(operatorAt.mcp == "http://127.0.0.1:5556/mcp")
            #expect(operatorAt.token == "op")
            #expect(try NodeLocation.discover(role: .agent, data: directory, environment: { _ in nil }).token == "ag")
        }
    }

    @Test("The environment goes before the files")
    func environment() throws {
        try withDirectory(["run.json": Self.run, "operator.token": "op", "other": "file\n"]) { directory in
            func discover(_ more: [String: String]) throws -> NodeLocation {
                let all = more.merging(["HIVE_DATA": directory]) { given, _ in given }
                return try NodeLocation.discover(role: .operator, environment: { all[$0] })
            }
            #expect(try discover(["HIVE_TOKEN": "env"]).token == "env")
            #expect(try discover(["HIVE_TOKEN_FILE": directory + "/other"]).token == "file")
            #expect(throws: HiveError(.unauthenticated, "")) {
                try discover(["HIVE_TOKEN_FILE": directory + "/missing"])
            }
            let remote = try discover(["HIVE_URL": "https://box.example:8899/", "HIVE_TOKEN": "t"])
            #expect(remote == NodeLocation(api: "https://box.example:8899", token: "t"))
            #expect(remote.mcp == "https://box.example:8899/mcp")
        }
    }

    @Test(
        "A local token is never sent to another machine",
        arguments: [
            ("http://127.0.0.1:1", "op"), ("http://localhost:1/", "op"), ("http://[::1]:1", "op"),
            ("http://box.example", nil), ("http://127.0.0.1.example", nil), ("http://localhost@box.example", nil),
            ("http://127.0.0.1:1@box.example", nil), ("box.example", nil),
        ] as [(String, String?)])
    func secrets(url: String, token: String?) throws {
        try withDirectory(["operator.token": "op"]) { directory in
            let environment = ["HIVE_DATA": directory, "HIVE_URL": url]
            let location = try NodeLocation.discover(role: .operator, environment: { environment[$0] })
            #expect(location.token == token)
        }
    }

    @Test("Without a running node discovery says so and how to start one")
    func absent() throws {
        try withDirectory([:]) { directory in
            do {
                _ = try NodeLocation.discover(role: .agent, data: directory, environment: { _ in nil })
                Issue.record("nothing was thrown")
            } catch let error as HiveError {
                #expect(error.code == .unreachable)
                #expect(error.hint?.contains("hived --data \(directory)") == true)
            }
        }
        try withDirectory(["run.json": "{"]) { directory in
            #expect(throws: HiveError(.invalidJSON, "")) {
                try NodeLocation.discover(role: .agent, data: directory, environment: { _ in nil })
            }
        }
    }

    @Test("A node that ended without a word is not taken for a running one, and its token stays here")
    func ended() throws {
        let run = #"{"pid":999999999,"api":"http://127.0.0.1:5555","mcp":"http://127.0.0.1:5556/mcp","peers":null}"#
        try withDirectory(["run.json": run, "agent.token": "ag"]) { directory in
            #expect(throws: HiveError(.unreachable, "")) {
                try NodeLocation.discover(role: .agent, data: directory, environment: { _ in nil })
            }
        }
    }
}
