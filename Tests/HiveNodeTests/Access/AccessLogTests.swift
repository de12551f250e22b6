import HiveAPI
import HiveCore
import HiveTesting
import Synchronization
import Testing

@testable import HiveNode

@Suite struct AccessLogTests {
    private let journal = InMemoryAccessJournal()

    private func node(_ journal: InMemoryAccessJournal? = nil) throws -> LoneNode {
        try LoneNode(access: journal ?? self.journal)
    }

    private func entries(_ lone: LoneNode, _ query: AccessQuery = AccessQuery()) async throws -> Page<AccessEntry> {
        try await lone.node.accessEntries(query, as: .operator)
    }

    @Test("What is taken down is listed newest first, filtered and in pages")
    func listing() async throws {
        let lone = try node(InMemoryAccessJournal(files: 4, linesInFile: 2))
        for number in 1...7 {
            lone.advance(seconds: 1)
            lone.node.record(
                AccessEvent(number == 3 ? "erase" : "invite", number == 4 ? .failed : .done, subject: "\(number)"),
                by: Access(credential: "c\(number)", agent: "ava", address: "192.0.2.1"))
        }
        let all = try await entries(lone)
        #expect(all.items.map(\.number) == [7, 6, 5, 4, 3, 2, 1])
        #expect(all.items.last?.previous == Digest.zero.hex)
        #expect(all.items.first?.agent == "ava" && all.items.first?.address == "192.0.2.1")
        let page = try await entries(lone, AccessQuery(limit: 3))
        #expect(page.items.map(\.number) == [7, 6, 5] && page.next == "4")
        #expect(try await entries(lone, AccessQuery(limit: 3, cursor: page.next)).items.map(\.number) == [4, 3, 2])
        #expect(try await entries(lone, AccessQuery(action: "erase")).items.map(\.number) == [3])
        #expect(try await entries(lone, AccessQuery(outcome: "failed")).items.map(\.number) == [4])
        #expect(try await entries(lone, AccessQuery(credential: "c2")).items.map(\.number) == [2])
        #expect(try await entries(lone, AccessQuery(since: all.items[1].time)).items.map(\.number) == [7, 6])
        await #expect(throws: HiveError(.forbidden, "")) { try await lone.node.accessEntries(.init(), as: .agent) }
        await #expect(throws: HiveError(.invalidInput, "")) { try await entries(lone, AccessQuery(cursor: "x")) }
    }

    @Test("A journal that is as it was written is found to be so, over files and restarts")
    func sound() async throws {
        let journal = InMemoryAccessJournal(files: 3, linesInFile: 4)
        let store = InMemoryStore()
        for _ in 0..<3 {
            let lone = try LoneNode(store: store, access: journal)
            for number in 0..<5 { lone.node.record(AccessEvent("invite", .done, subject: "\(number)"), by: .own) }
            try await lone.node.anchorAccess()
        }
        let lone = try LoneNode(store: store, access: journal)
        let found = try await lone.node.verifyAccess(as: .operator)
        // The oldest file is gone: the chain begins with what is left.
        #expect(found.ok && found.problems.isEmpty)
        #expect(found.first == 5 && found.last == 15 && found.entries == 11)
        #expect(found.hash == journal.lines(ofFile: 0).last.flatMap(AccessLog.entry)?.hash)
    }

    @Test(
        "A journal that was changed, cut or put together anew is found out",
        arguments: ["change", "remove", "swap", "cut", "spoil", "rehash", "empty"])
    func tampering(how: String) async throws {
        let lone = try node()
        for number in 0..<6 { lone.node.record(AccessEvent("invite", .done, subject: "n\(number)"), by: .own) }
        try await lone.node.anchorAccess()
        #expect(try await lone.node.verifyAccess(as: .operator).ok)
        try journal.content.withLock { content in
            switch how {
            case "change":
                let text = String(decoding: content[0][2], as: UTF8.self)
                content[0][2] = Array(text.replacing("n2", with: "n9").utf8)
            case "remove": content[0].remove(at: 2)
            case "swap": content[0].swapAt(1, 2)
            case "cut": content[0].removeLast()
            case "spoil": content[0][3] = Array("{".utf8)
            case "rehash":
                // Somebody who knows how it is done writes the whole chain anew.
                var chain = AccessChain()
                content[0] = try content[0].map { line in
                    let entry = try #require(AccessLog.entry(line))
                    return chain.extend(
                        AccessEvent("nothing", .done), by: .own, at: Timestamp(milliseconds: 0),
                        unwritten: entry.unwritten
                    ).json.bytes
                }
            default: content = [[]]
            }
        }
        let found = try await lone.node.verifyAccess(as: .operator)
        #expect(!found.ok && !found.problems.isEmpty, "\(how)")
    }

    @Test("A journal that was cut while the node was down stays found out, however often it starts")
    func cutWhileDown() async throws {
        let store = InMemoryStore()
        let lone = try LoneNode(store: store, access: journal)
        for number in 0..<4 { lone.node.record(AccessEvent("invite", .done, subject: "\(number)"), by: .own) }
        try await lone.node.anchorAccess()
        journal.content.withLock { $0[0].removeLast(2) }
        for _ in 0..<3 {
            let again = try LoneNode(store: store, access: journal)
            again.node.record(AccessEvent(AccessEvent.start, .done), by: .own)
            try await again.node.anchorAccess()
            #expect(try await !again.node.verifyAccess(as: .operator).ok)
        }
        #expect(
            try await entries(LoneNode(store: store, access: journal)).items.count { $0.action == AccessEvent.broken }
                == 1)
    }

    @Test("So many refusals are written down, more with time; how many were not is told; acts always are")
    func flood() async throws {
        let lone = try node()
        let refused = AccessEvent(AccessEvent.authentication, .refused, code: "unauthenticated")
        for _ in 0..<10_000 { lone.node.record(refused, by: Access(address: "192.0.2.1")) }
        #expect(journal.lines(ofFile: 0).count == Int(AccessLog.burst))
        lone.node.record(AccessEvent("invite", .done), by: .own)
        let newest = try #require(try await entries(lone, AccessQuery(limit: 1)).items.first)
        #expect(newest.action == "invite" && newest.unwritten == 10_000 - Int(AccessLog.burst))
        lone.advance(seconds: 60)
        for _ in 0..<1000 { lone.node.record(refused, by: .unknown) }
        #expect(journal.lines(ofFile: 0).count == Int(AccessLog.burst) + 1 + Int(60 * AccessLog.rate))
        #expect(try await lone.node.verifyAccess(as: .operator).ok)
    }

    @Test("A disk that is full loses entries and no chain")
    func fullDisk() async throws {
        let lone = try node()
        lone.node.record(AccessEvent("invite", .done, subject: "1"), by: .own)
        journal.isBroken.withLock { $0 = true }
        lone.node.record(AccessEvent("invite", .done, subject: "2"), by: .own)
        journal.isBroken.withLock { $0 = false }
        lone.node.record(AccessEvent("invite", .done, subject: "3"), by: .own)
        #expect(try await entries(lone).items.map(\.subject) == ["3", "1"])
        #expect(try await lone.node.verifyAccess(as: .operator).ok)
    }

    @Test("Tokens do not get into the journal, wherever somebody put them")
    func redaction() async throws {
        let lone = try node()
        let issued = try await lone.node.createToken(CreateToken(name: "ci"), as: .operator)
        lone.node.record(
            AccessEvent("revokeToken", .failed, subject: "/api/v1/tokens/\(issued.token)", code: issued.token),
            by: Access(name: issued.token, agent: "I am \(issued.token)", address: issued.token))
        let text = String(decoding: journal.lines(ofFile: 0).joined(), as: UTF8.self)
        #expect(!text.contains(issued.token.suffix(43)))
        #expect(text.contains("/api/v1/tokens/hive_"))
    }

    @Test("A refusal inside a use case is taken down; the node's own work is nobody's attempt")
    func refusals() async throws {
        let lone = try node()
        _ = try? await lone.node.tokens(as: .agent)
        #expect(journal.lines(ofFile: 0).isEmpty)
        let access = Access(credential: "t1", permit: Permit(scopes: ["universal"]))
        await Access.$current.withValue(access) {
            await #expect(throws: HiveError(.forbidden, "")) { try await lone.store("no") }
        }
        let entry = try #require(try await entries(lone).items.first)
        #expect(entry.outcome == "refused" && entry.credential == "t1" && entry.code == "forbidden")
    }

    @Test(
        "A line with a number that no journal reaches ends nobody, and is found",
        arguments: [Int.max, Int.max - 1, Int.min, 0])
    func numbers(number: Int) async throws {
        let lone = try node()
        lone.node.record(AccessEvent("invite", .done), by: .own)
        let line = try #require(journal.lines(ofFile: 0).first)
        try journal.append(
            Array(String(decoding: line, as: UTF8.self).replacing(#""number":1"#, with: #""number":\#(number)"#).utf8))
        let again = try node()
        for _ in 0..<3 { again.node.record(AccessEvent("invite", .done), by: .own) }
        #expect(try await entries(again).items.map(\.number) == [4, 3, 2, 1])
        #expect(try await !again.node.verifyAccess(as: .operator).ok)
    }

    @Test("A token is taken out before what is too long is cut", arguments: 150...205)
    func cut(start: Int) {
        let token = "hive_0123456789abcdef0123456789abcdef"
        let text = String(repeating: ".", count: start) + token
        #expect(!Redaction.text(text).contains("012"), "from \(start)")
        #expect(!Redaction.text(token + " " + text).contains("012"), "behind another one, from \(start)")
        #expect(Redaction.text(text).count <= 200)
    }
}
