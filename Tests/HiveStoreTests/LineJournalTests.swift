import Foundation
import HiveStore
import Testing

@Suite struct LineJournalTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString)")

    private func lines(_ name: String) throws -> [String] {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8).split(separator: "\n").map(String.init)
    }

    @Test("Lines of many threads stay whole, and a reopened file goes on")
    func threads() async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { removeFolder() }
        let path = folder.appending(path: "j").path
        for round in 0..<2 {
            let journal = try LineJournal(path: path)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<4 {
                    group.addTask {
                        for number in 0..<100 { try journal.append(Array("\(round) \(writer) \(number)".utf8)) }
                    }
                }
                try await group.waitForAll()
            }
        }
        let all = try lines("j")
        #expect(Set(all).count == 800)
        #expect(all.count == 800)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("A full file is put aside, and the oldest goes")
    func rotation() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { removeFolder() }
        let journal = try LineJournal(path: folder.appending(path: "j").path, limit: 10, kept: 2)
        for word in ["aaaa", "bbbb", "cccc", "dddd", "eeee", "ffff", "gggg"] { try journal.append(Array(word.utf8)) }
        #expect(try lines("j") == ["gggg"])
        #expect(try lines("j.1") == ["eeee", "ffff"])
        #expect(try lines("j.2") == ["cccc", "dddd"])
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "j.3").path))
        try journal.append(Array(String(repeating: "x", count: 40).utf8))
        #expect(try lines("j").count == 1, "a line that is longer than the limit is kept whole")
    }

    @Test("Lines are written anew in every file while others are appended, each once")
    func rewriting() async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { removeFolder() }
        let journal = try LineJournal(path: folder.appending(path: "j").path, limit: 4000, kept: 4)
        for number in 0..<300 { try journal.append(Array("old \(number)".utf8)) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try journal.rewrite { line in
                    line.starts(with: Array("old".utf8)) ? Array("renewed".utf8) + line.dropFirst(3) : nil
                }
            }
            group.addTask { for number in 0..<300 { try journal.append(Array("new \(number)".utf8)) } }
            try await group.waitForAll()
        }
        let all = try FileManager.default.contentsOfDirectory(atPath: folder.path).flatMap { try lines($0) }
        #expect(all.count { $0.hasPrefix("old") } == 0)
        #expect(all.count { $0.hasPrefix("renewed") } == 300)
        #expect(all.count { $0.hasPrefix("new ") } == 300)
        #expect(Set(all).count == all.count)
        #expect(try !lines("j").isEmpty, "what is appended goes to the file that has the name")
    }

    @Test("A long first line is looked at as a whole before a file is passed over")
    func longLine() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { removeFolder() }
        let long = String(repeating: "x", count: 200_000)
        try Data("\(long)\na\n".utf8).write(to: folder.appending(path: "j"))
        let journal = try LineJournal(path: folder.appending(path: "j").path)
        try journal.rewrite { $0.count > 100 ? Array("short".utf8) : nil }
        #expect(try lines("j") == ["short", "a"])
        try journal.append(Array("b".utf8))
        #expect(try lines("j") == ["short", "a", "b"])
    }

    private func removeFolder() {
        do { try FileManager.default.removeItem(at: folder) } catch { Issue.record("\(error)") }
    }
}
