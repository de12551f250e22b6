import HiveAPI
import HiveCEL
import HivePacks

/// Packs by what people call them.
enum PackNames {
    private static let prefix = "pack:"

    /// Whether a path names a pack, as `pack:NAME`.
    static func isPack(_ path: String) -> Bool { path.hasPrefix(prefix) }

    /// The pack that a path names; nil for a path on disk. Throws for a pack that there is not.
    static func pack(at path: String) throws -> Pack? {
        isPack(path) ? try pack(named: String(path.dropFirst(prefix.count))) : nil
    }

    static func pack(named name: String) throws -> Pack {
        if let pack = Pack.named(name) { return pack }
        let known = Pack.all.map(\.name)
        throw Failure.badInput(
            "there is no pack `\(name)`",
            hint: Suggestion.nearest(to: name, among: known) ?? "known are \(known.joined(separator: ", "))")
    }
}
