import Foundation
import HiveAPI

/// How fast an empty node is brought up over TLS, verified and on disk; and how long a change takes to be visible there.
struct EmptyPeer {
    let folder: String
    private static let count = 20_000

    func run() async throws {
        let a = try BenchNode("a", folder: folder)
        let b = try BenchNode("b", folder: folder)
        defer {
            a.stop()
            b.stop()
        }
        try await fill(a)
        let invitation = try await a.node.invite(InvitePeer(), as: .operator)
        let clock = ContinuousClock()
        let duration = try await clock.measure {
            _ = try await b.node.join(JoinHive(line: invitation.line), as: .operator)
            while try await b.memories() < Self.count { try await Task.sleep(for: .milliseconds(10)) }
        }
        let bytes = try await b.node.peers(as: .operator).items.first?.bytesReceived ?? 0
        report(
            "20,000 operations to an empty peer, indexed",
            String(format: "%8.0f operations/s", rate(Self.count, duration)))
        report("bytes for each of them", String(format: "%8.0f", Double(bytes) / Double(Self.count)))
        try await visibility(from: a, to: b)
    }

    private func fill(_ bench: BenchNode) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<64 {
                group.addTask {
                    for number in stride(from: writer, to: Self.count, by: 64) {
                        let request = StoreMemory(
                            content: "fact \(number): the service \(number % 97) listens on port \(number)",
                            scope: "collective:main")
                        _ = try await bench.node.store(request, as: .agent)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func visibility(from a: BenchNode, to b: BenchNode) async throws {
        let clock = ContinuousClock()
        var times: [Double] = []
        for number in 0..<200 {
            let answer = try await a.node.store(
                StoreMemory(content: "seen \(number)", scope: "collective:main"), as: .agent)
            let written = clock.now
            while true {
                do {
                    _ = try await b.node.memory(answer.memory.id, as: .agent)
                    break
                } catch let error as HiveError where error.code == .notFound { await Task.yield() }
            }
            times.append(seconds(clock.now - written) * 1000)
        }
        times.sort()
        report(
            "from acknowledged on A to visible on B", String(format: "p50 %.2f ms, p99 %.2f ms", times[100], times[198])
        )
    }
}
