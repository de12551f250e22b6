import Foundation
import HiveAPI
import HiveNode
import HiveRules

/// Copies of backups: the keys `mirrors` and `acceptMirrors` of `backup` in the configuration file.
struct MirrorSection: Sendable {
    var requests: [MirrorRequest] = []
    var accepts: AcceptedMirrors?

    init() {}

    /// Reads the configuration file, if there is one.
    init(directory: String, file: String?) throws(HiveError) {
        let candidates = file.map { [$0] } ?? ["\(directory)/hive.yaml", "\(directory)/hive.json"]
        guard let path = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }),
            let data = FileManager.default.contents(atPath: path)
        else { return }
        do throws(RuleError) {
            guard
                var reader = try YAMLReader.document(
                    String(decoding: data, as: UTF8.self), path: path, what: "the configuration"),
                var backup = try reader.reader("backup")
            else { return }
            self = try Self.section(&backup)
        } catch { throw HiveError(.invalidInput, "\(error.location): \(error.message)", hint: error.hint) }
    }

    /// What stands under `backup` about mirrors; the other keys are left to others.
    static func section(_ backup: inout YAMLReader) throws(RuleError) -> MirrorSection {
        var section = MirrorSection()
        for var entry in try backup.readers("mirrors") {
            let peer = try entry.requiredText("peer")
            let text = try entry.text("copies") ?? "1"
            guard let copies = Int(text), (1...1000).contains(copies) else {
                throw RuleError(
                    "`\(text)` is no value of copies", at: entry.location(of: "copies"),
                    hint: "write how many of the newest backups the peer is to keep, 1 to 1000")
            }
            guard !section.requests.contains(where: { $0.peer == peer }) else {
                throw RuleError("the peer `\(peer)` stands twice", at: entry.location, hint: "name each peer once")
            }
            section.requests.append(MirrorRequest(peer: peer, copies: copies))
            try entry.finish()
        }
        if var entry = try backup.reader("acceptMirrors") {
            let text = try entry.requiredText("maxBytes")
            guard let bytes = Self.bytes(text) else {
                throw RuleError(
                    "`\(text)` is no value of maxBytes", at: entry.location(of: "maxBytes"),
                    hint: "write a number of bytes, or 500MiB, 10GiB, 1TiB")
            }
            let peers = try entry.texts("peers")
            let isForAll = !entry.keysInOrder.contains("peers")
            try entry.finish()
            section.accepts = AcceptedMirrors(maximumBytes: bytes, peers: isForAll ? nil : peers)
        }
        return section
    }

    /// A whole number of bytes, KiB, MiB, GiB or TiB; nil for anything else, and for nothing at all.
    static func bytes(_ text: String) -> Int? {
        let units = [("KiB", 10), ("MiB", 20), ("GiB", 30), ("TiB", 40)]
        let unit = units.first { text.hasSuffix($0.0) }
        guard let count = Int(text.dropLast(unit == nil ? 0 : 3)), count > 0, count <= 1 << 20 || unit == nil else {
            return nil
        }
        return count << (unit?.1 ?? 0)
    }
}
