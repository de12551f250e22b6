import Foundation
import Testing

@testable import HiveHooks

/// What a hook makes of the files of a data directory.
@Suite struct NodeAddressTests {
    private let data: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("address-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        data = folder.path
    }

    private func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: data + "/" + name))
    }

    /// What is wrong; nil where nothing is.
    private func problem(_ run: String, token: String?) throws -> Problem? {
        try write(run, to: "run.json")
        if let token { try write(token, to: "agent.token") }
        guard case .failure(let problem) = NodeAddress.find(data: data, isGiven: true) else { return nil }
        return problem
    }

    @Test("A node that runs and cannot be asked is no missing node: a policy for those lets nothing through there")
    func running() throws {
        let pid = ProcessInfo.processInfo.processIdentifier
        let secure = #"{"api": "https://127.0.0.1:1", "pid": \#(pid)}"#
        let plain = #"{"api": "http://127.0.0.1:1", "pid": \#(pid)}"#
        #expect(try problem(plain, token: nil)?.isNodeThere == true)
        #expect(try problem(secure, token: "hive_token")?.isNodeThere == true)
        #expect(try problem(plain, token: "h\u{E9}")?.isNodeThere == true)
        #expect(try problem(plain, token: "hive_token") == nil)
    }

    @Test("Where no node runs, none is there")
    func missing() throws {
        guard case .failure(let none) = NodeAddress.find(data: data, isGiven: true) else {
            Issue.record("a node was found where nothing is")
            return
        }
        #expect(!none.isNodeThere)
        let ended = try problem(#"{"api": "https://127.0.0.1:1", "pid": 2147483647}"#, token: "hive_token")
        #expect(ended?.isNodeThere == false)
    }
}
