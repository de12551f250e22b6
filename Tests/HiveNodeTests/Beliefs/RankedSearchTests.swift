import HiveAPI
import HiveCore
import HiveEmbedding
import HiveStore
import HiveTesting
import Testing

@testable import HiveNode

/// Searches put what is fresh, sure and trusted before what is otherwise as good, and never noise before an answer.
@Suite struct RankedSearchTests {
    @Test("Among equals the fresh, the sure and the trusted come first; switched off, they are equals")
    func order() async throws {
        for (weights, isMoved) in [(Ranking(), true), (Ranking.off, false)] {
            let lone = try LoneNode {
                $0.ranking = weights
                $0.lifecycle.duplicates = .keep
                $0.belief.agents = ["eve": 0.1]
            }
            let plain = try await lone.store("restart kube-proxy") { $0.confidence = 0.9 }
            let doubtful = try await lone.store("restart kube-proxy") { $0.confidence = 0.1 }
            let untrusted = try await lone.store("restart kube-proxy") {
                $0.confidence = 0.9
                $0.agent = "eve"
            }
            let found = try await lone.search("kube-proxy").map(\.memory.id)
            #expect(found == (isMoved ? [plain, doubtful, untrusted] : [untrusted, doubtful, plain]), "\(isMoved)")
        }
    }

    @Test("An old rumour that holds the words stays before fresh and certain noise")
    func bury() async throws {
        let folder = try Folder()
        let lone = try LoneNode(
            embedder: StaticEmbedder(), store: try SQLiteStore(path: folder.path + "/hive.db")
        ) {
            $0.ranking = Ranking(recency: 1, confidence: 1, trust: 1)
            $0.belief.agents = ["eve": 0]
            $0.belief.usualAging = .halves(every: .days(30))
        }
        let answer = try await lone.store("ERR_CONN_RESET on the balancer: raise its idle timeout") {
            $0.agent = "eve"
            $0.status = "hearsay"
            $0.confidence = 0.1
        }
        lone.advance(seconds: 3 * 365 * 86_400)
        let noise = [
            "connections to the network gateway are monitored", "errors are shown on the dashboard",
            "reset passwords monthly",
            "the balancer was paid for", "timeouts are counted", "idle machines sleep at night",
        ]
        for text in noise + noise.map({ $0 + " again" }) { try await lone.store(text) { $0.confidence = 1 } }
        for question in ["ERR_CONN_RESET", "why do I see ERR_CONN_RESET", "ERR_CONN_RESET idle timeout"] {
            let hits = try await lone.search(question)
            #expect(hits.first?.memory.id == answer, "\(question): \(hits.map(\.score))")
        }
    }

    @Test("Pages of a ranked search neither repeat nor miss anything, also when time passes between them")
    func pages() async throws {
        let lone = try LoneNode(embedder: WordHashEmbedder(synonyms: ["undo": "rollback"]))
        var random = SeededRandom(seed: 7)
        for number in 0..<130 {
            let text = random.chance(50) ? "rollback \(number)" : "rollback undo \(number % 7) release"
            try await lone.store(text) { $0.confidence = Double.random(in: 0...1, using: &random) }
        }
        try await lone.node.meaning?.catchUp()
        var (seen, cursor): ([String], String?) = ([], nil)
        repeat {
            let query = MemoryQuery(q: "undo rollback", limit: 9, cursor: cursor)
            let page = try await lone.node.search(query, as: .agent)
            seen += page.items.map(\.memory.id)
            cursor = page.next
            lone.advance(seconds: 40 * 86_400)
        } while cursor != nil
        #expect(seen.count == 130 && Set(seen).count == 130)
        for cursor in ["x", "1@", "@1", "1@x", "-1", "1@1@1"] {
            await #expect(throws: HiveError(.invalidInput, "")) {
                try await lone.node.search(MemoryQuery(q: "undo", cursor: cursor), as: .agent)
            }
        }
    }
}
