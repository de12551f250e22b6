import HiveCore
import HiveSync
import HiveTesting
import Testing

@Suite("PushOverlay") struct PushOverlayTests {
    private let scope = ScopeID(.sha256([1]))
    private let other = ScopeID(.sha256([2]))
    private let peers = (0..<12).map { NodeID(.sha256([7, $0])) }.sorted()

    private func head(_ size: UInt64, log: UInt8 = 1) -> ScopedHead {
        ScopedHead(scope: scope, head: LogHead(log: LogID(.sha256([3, log])), size: size, root: .zero))
    }

    private func overlay(links count: Int, settings: PushOverlay.Settings = .init()) -> PushOverlay {
        var overlay = PushOverlay(settings: settings)
        _ = overlay.handle(.holders([scope: count]), now: 0)
        _ = overlay.handle(.grew([head(0)], from: nil), now: 0)
        for peer in peers.prefix(count) { _ = overlay.handle(.linked(peer, scopes: [scope]), now: 0) }
        return overlay
    }

    @Test("pushes to everybody but the source among up to eight holders, whatever duplicates come")
    func floods() {
        var overlay = overlay(links: 8)
        #expect(overlay.handle(.duplicate(scope, head(1).head.log, from: peers[3]), now: 1) == [])
        let directives = overlay.handle(.grew([head(1)], from: peers[0]), now: 2)
        #expect(directives == peers[1..<8].map { .push(head(1), to: $0) })
    }

    @Test("pushes only to peers that share the scope")
    func scopes() {
        var overlay = overlay(links: 2)
        _ = overlay.handle(.linked(peers[2], scopes: [other]), now: 1)
        _ = overlay.handle(.linked(peers[1], scopes: [other]), now: 1)
        #expect(overlay.handle(.grew([head(1)], from: nil), now: 2) == [.push(head(1), to: peers[0])])
    }

    @Test("beyond eight holders a duplicate prunes; a pruned link is told of the newest, once a tick")
    func prunes() {
        var overlay = overlay(links: 9)
        #expect(
            overlay.handle(.duplicate(scope, head(1).head.log, from: peers[3]), now: 1) == [.prune(scope, at: peers[3])]
        )
        _ = overlay.handle(.pruned(scope, by: peers[4]), now: 1)
        let pushed = overlay.handle(.grew([head(1)], from: nil), now: 2)
        #expect(!pushed.contains(.push(head(1), to: peers[3])) && !pushed.contains(.push(head(1), to: peers[4])))
        #expect(pushed.count == 7)
        _ = overlay.handle(.grew([head(2)], from: nil), now: 3)
        let told = overlay.handle(.tick, now: 1_000)
        #expect(told == [.announce([head(2)], to: peers[3]), .announce([head(2)], to: peers[4])])
        #expect(overlay.handle(.tick, now: 2_000) == [])
    }

    @Test("of several logs only the lowest shapes the tree, until it has been quiet for a while")
    func references() {
        var overlay = overlay(links: 9)
        let logs = [head(1, log: 4), head(1, log: 5)].sorted { $0.head.log < $1.head.log }
        let quiet = overlay.settings.referenceLife + 1
        _ = overlay.handle(.grew([logs[0], logs[1]], from: nil), now: quiet)
        #expect(overlay.handle(.duplicate(scope, logs[1].head.log, from: peers[3]), now: quiet) == [])
        let pruned = overlay.handle(.duplicate(scope, logs[0].head.log, from: peers[3]), now: quiet)
        #expect(pruned == [.prune(scope, at: peers[3])])
        _ = overlay.handle(.grew([logs[1]], from: nil), now: quiet * 3)
        let later = overlay.handle(.duplicate(scope, logs[1].head.log, from: peers[4]), now: quiet * 3)
        #expect(later == [.prune(scope, at: peers[4])])
    }

    @Test("what was told and does not come is asked for in turn, and the link is in the tree again")
    func grafts() {
        var settings = PushOverlay.Settings()
        settings.graftAttempts = 3
        var overlay = overlay(links: 9, settings: settings)
        for peer in peers[1...2] {
            _ = overlay.handle(.duplicate(scope, head(1).head.log, from: peer), now: 1)
            _ = overlay.handle(.announced(head(4), by: peer), now: 10)
        }
        #expect(overlay.handle(.tick, now: 900) == [], "it may still come by itself")
        #expect(overlay.handle(.tick, now: 1_010) == [.graft(head(4), from: peers[1])])
        #expect(overlay.eager(in: scope).contains(peers[1]) && !overlay.eager(in: scope).contains(peers[2]))
        #expect(overlay.handle(.tick, now: 2_010) == [.graft(head(4), from: peers[2])])
        #expect(overlay.handle(.tick, now: 3_010) == [.graft(head(4), from: peers[1])])
        #expect(overlay.handle(.tick, now: 4_010) == [], "the next hello finds it")
        _ = overlay.handle(.announced(head(5), by: peers[1]), now: 5_000)
        _ = overlay.handle(.grew([head(5)], from: peers[5]), now: 5_500)
        #expect(overlay.handle(.tick, now: 9_000).allSatisfy { if case .graft = $0 { false } else { true } })
    }

    @Test("a peer that only tells of what it does not have costs bounded memory and questions")
    func liars() {
        var settings = PushOverlay.Settings()
        settings.maximumMissing = 10
        var overlay = overlay(links: 9, settings: settings)
        for log in 0..<100 as Range<UInt8> { _ = overlay.handle(.announced(head(1, log: log), by: peers[0]), now: 0) }
        var questions = 0
        for tick in 1...20 { questions += overlay.handle(.tick, now: Int64(tick) * 1_000).count }
        #expect(questions == settings.maximumMissing * settings.graftAttempts)
    }

    @Test("a fleet hears of every write, with few copies of each, though messages are lost", arguments: [0, 3])
    func fleet(loss: Int) {
        var world = OverlayWorld(count: 120, seed: 5)
        world.loss = loss
        world.choose()
        var copies: [UInt64] = []
        for round in 0..<60 {
            for writer in [3, 50, 99] { world.write(on: (writer + round) % 120) }
            world.advance(by: 500)
            copies.append(world.nodes.reduce(0) { $0 + $1.received })
        }
        world.advance(by: 8_000)
        let written = world.nodes.map { ($0.log, $0.held[$0.log] ?? 0) }
        let expected = written.reduce(0) { $0 + $1.1 } * 119
        let heard = world.nodes.reduce(0 as UInt64) { sum, node in
            sum + written.reduce(0) { $0 + ($1.0 == node.log ? 0 : node.held[$1.0] ?? 0) }
        }
        #expect(heard * 1_000 >= expected * 999, "\(heard) of \(expected)")
        let settled = Double(copies[59] - copies[29]) / Double(30 * 3 * 119)
        // A loss makes a graft, and a graft a second way that must be cut again.
        #expect(settled < (loss == 0 ? 1.3 : 4), "\(settled) copies of each once the tree stands")
        #expect(Double(copies[59]) < 4 * Double(expected), "\(copies[59]) copies of \(expected) until then")
        #expect(world.nodes.allSatisfy { $0.links.count >= 2 && $0.links.count <= 24 })
    }

    @Test("the tree heals when a tenth of the fleet dies at once")
    func heals() {
        var world = OverlayWorld(count: 100, seed: 6)
        world.choose()
        for round in 0..<10 {
            world.write(on: round)
            world.advance(by: 500)
        }
        for number in stride(from: 5, to: 100, by: 10) { world.stop(number) }
        world.advance(by: 2_000)
        for _ in 0..<5 {
            world.write(on: 0)
            world.advance(by: 1_000)
        }
        world.advance(by: 8_000)
        let log = world.nodes[0].log
        let size = world.nodes[0].held[log]
        #expect(world.nodes.filter { !$0.isDown }.allSatisfy { $0.held[log] == size })
    }
}
