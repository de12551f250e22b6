import HiveAPI
import HiveHooks
import Testing

@testable import HiveOnboarding

/// Whatever stands in a user's files, taking Hive out of them leaves them as they were.
@Suite struct RoundTripTests {
    private static func pieces(_ client: HookClient, _ level: OnboardingLevel = .project) throws
        -> [any OnboardingPiece]
    {
        let site = InstallationSite(
            level: level, root: "/home/ava", program: "hivectl", data: nil, policyPath: "/etc/hive/hooks.json")
        return try ClientAdapters.adapter(named: client.rawValue).pieces(site, commands: CommandCatalog.all)
    }

    private static func files(_ pieces: [any OnboardingPiece], seed: UInt64) -> MemoryFiles {
        var source = RandomFiles(random: Seeded(seed))
        var files: [String: String] = [:]
        for piece in pieces where !(piece is CommandPiece) {
            guard files[piece.path] == nil, source.pick([true, true, true, false]) else { continue }
            files[piece.path] =
                piece.path.hasSuffix(".json")
                ? source.json() : piece.path.hasSuffix(".toml") ? source.toml() : source.markdown()
        }
        return MemoryFiles(files)
    }

    @Test("Installing and removing leaves every file as it was, byte for byte", arguments: HookClient.allCases)
    func restored(client: HookClient) throws {
        for seed in UInt64(1)...400 {
            let pieces = try Self.pieces(client)
            let files = Self.files(pieces, seed: seed)
            let former = files.all
            let installer = Installer(files: files, pieces: pieces)
            let places = try installer.install()
            #expect(places.allSatisfy { $0.state == .current }, "seed \(seed): \(places)")
            let installed = files.all
            _ = try installer.install()
            #expect(files.all == installed, "seed \(seed): installing twice changes something")
            #expect(try installer.check().allSatisfy { $0.state == .current }, "seed \(seed)")
            _ = try installer.remove()
            #expect(files.all == former, "seed \(seed): \(Self.difference(former, files.all))")
        }
    }

    @Test("What somebody adds beside Hive's parts stays", arguments: HookClient.allCases)
    func edited(client: HookClient) throws {
        for seed in UInt64(1)...100 {
            let pieces = try Self.pieces(client)
            let files = Self.files(pieces, seed: seed)
            let former = files.all
            let installer = Installer(files: files, pieces: pieces)
            _ = try installer.install()
            var expected = former
            for (path, bytes) in files.all where path.hasSuffix(".md") && path.split(separator: "/").count == 3 {
                try files.write(bytes + Array("mine too\n".utf8), to: path)
                expected[path] = (former[path] ?? []) + Array("mine too\n".utf8)
            }
            for (path, bytes) in files.all where path.hasSuffix(".json") {
                var editor = try JSONEditor(bytes)
                try editor.insert("added", .number(7), at: [])
                try files.write(editor.bytes, to: path)
            }
            _ = try installer.remove()
            for (path, bytes) in expected where !path.hasSuffix(".json") {
                #expect(files.all[path] == bytes, "seed \(seed): \(path)")
            }
            for (path, bytes) in files.all where path.hasSuffix(".json") {
                let outline = try JSONEditor(bytes).outline
                #expect(outline.node(at: ["added"]) != nil, "seed \(seed): \(path)")
                #expect(!String(decoding: bytes, as: UTF8.self).contains("hivectl"), "seed \(seed): \(path)")
                guard let before = former[path] else { continue }
                let names = try JSONEditor(before).outline.root.items.compactMap(\.name)
                #expect(outline.root.items.compactMap(\.name) == names + ["added"], "seed \(seed): \(path)")
            }
        }
    }

    private static func difference(_ left: [String: [UInt8]], _ right: [String: [UInt8]]) -> String {
        let path = Set(left.keys).union(right.keys).sorted().first { left[$0] != right[$0] } ?? ""
        return "\(path)\n\(String(decoding: left[path] ?? [], as: UTF8.self).debugDescription)\n"
            + String(decoding: right[path] ?? [], as: UTF8.self).debugDescription
    }
}
