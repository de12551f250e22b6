import HiveCEL

/// What a service mounts.
struct ComposeVolume: Sendable, Hashable {
    /// `volume`, `bind`, `tmpfs`, or `anonymous` for a volume that goes with its container.
    let type: String
    let source: String
    let target: String
    let isReadOnly: Bool

    var facts: Facts {
        var facts = Facts()
        facts.set("type", type)
        facts.set("source", source)
        facts.set("target", target)
        facts.set("readOnly", isReadOnly)
        return facts
    }

    static func all(in tree: Tree?) -> [ComposeVolume] {
        (tree?.elements ?? []).compactMap { $0.isMap ? long($0) : $0.text.map(short) }
    }

    private static func long(_ tree: Tree) -> ComposeVolume? {
        guard let target = tree["target"]?.text else { return nil }
        let source = tree["source"]?.text ?? tree["src"]?.text ?? ""
        let type = tree["type"]?.text ?? "volume"
        return ComposeVolume(
            type: type == "volume" && source.isEmpty ? "anonymous" : type, source: source, target: target,
            isReadOnly: tree["read_only"]?.bool ?? false)
    }

    /// `[SOURCE:]TARGET[:MODE]`; a source with a slash or a dot in front is a folder of the host.
    private static func short(_ text: String) -> ComposeVolume {
        let parts = text.split(separator: ":").map(String.init)
        guard parts.count > 1 else {
            return ComposeVolume(type: "anonymous", source: "", target: text, isReadOnly: false)
        }
        let isBind = ["/", ".", "~"].contains { parts[0].hasPrefix($0) }
        let modes = parts.count > 2 ? parts[2].split(separator: ",") : []
        return ComposeVolume(
            type: isBind ? "bind" : "volume", source: parts[0], target: parts[1], isReadOnly: modes.contains("ro"))
    }
}
