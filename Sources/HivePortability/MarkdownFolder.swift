public import HiveAPI

/// A folder of Markdown files that no hive wrote, as Obsidian and others keep them: each note becomes a memory, known by
/// its path, and `[[Other note]]` becomes a link.
public struct MarkdownFolder: Sendable {
    /// Notes by their names in lower case; several may have one name in different folders.
    private let notes: [String: [String]]

    /// - Parameter paths: of all files, relative to the folder, with `/` between parts.
    public init(paths: [String]) {
        let ids = paths.filter(Self.isNote).map(Self.id)
        notes = Dictionary(grouping: ids) { Self.name($0).lowercased() }
    }

    public static func isNote(_ path: String) -> Bool {
        let lower = path.lowercased()
        return (lower.hasSuffix(".md") || lower.hasSuffix(".markdown"))
            && !path.split(separator: "/").contains { $0.hasPrefix(".") }
    }

    private static func id(_ path: String) -> String {
        path.lastIndex(of: ".").map { String(path[..<$0]) } ?? path
    }

    private static func folder(of id: String) -> String {
        id.lastIndex(of: "/").map { String(id[..<$0]) } ?? ""
    }

    private static func name(_ id: String) -> String { String(id.split(separator: "/").last ?? "") }

    /// The memory of one file, whoever wrote it. Throws `invalid_input` for one that cannot be read.
    public func memory(_ text: String, path: String) throws(HiveError) -> JSONValue {
        if let own = try MarkdownFormat.memory(text) { return own }
        let parts = MarkdownFormat.split(text)
        var fields: [String: JSONValue] = [:]
        if let parts { fields = try FrontMatter.read(parts.matter) }
        let body = ForeignValues.trimmed(parts?.body ?? text)
        let id = Self.id(path)
        var memory = PortableMemory(content: body.isEmpty ? Self.name(id) : body)
        memory.context = fields.removeValue(forKey: "title")?.string ?? Self.name(id)
        memory.tags = Self.tags(fields.removeValue(forKey: "tags") ?? fields.removeValue(forKey: "tag"))
        memory.category = fields.removeValue(forKey: "category")?.string
        let created = fields["created"] ?? fields["date"]
        let updated = fields["updated"] ?? fields["modified"]
        memory.origin = MemoryOrigin(
            system: MarkdownFormat.system, id: id, createdAt: ForeignValues.time(created),
            updatedAt: ForeignValues.time(updated), author: fields["author"]?.string)
        memory.metadata = fields.filter { !$0.value.isNull && !$0.key.isEmpty }
        memory.originLinks = links(in: body, of: id)
        return memory.json
    }

    private static func tags(_ value: JSONValue?) -> [String] {
        ForeignValues.tags(value).map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 }.filter { !$0.isEmpty }
    }

    /// `[[Note]]`, `[[folder/Note#Heading|shown so]]`; what leads to no note of the folder is left out.
    private func links(in body: String, of id: String) -> [MemoryLink] {
        var targets: Set<String> = []
        var rest = body[...]
        while let open = rest.firstRange(of: "[[") {
            rest = rest[open.upperBound...]
            guard let close = rest.firstRange(of: "]]") else { break }
            let inside = rest[..<close.lowerBound].prefix { $0 != "|" && $0 != "#" && $0 != "^" && !$0.isNewline }
            rest = rest[close.upperBound...]
            if let target = resolve(ForeignValues.trimmed(String(inside)), from: id), target != id {
                targets.insert(target)
            }
        }
        return targets.sorted().map { MemoryLink(relation: "links-to", target: $0) }
    }

    private func resolve(_ link: String, from id: String) -> String? {
        let wanted = link.lowercased().hasSuffix(".md") ? String(link.dropLast(3)) : link
        let candidates = notes[Self.name(wanted).lowercased()] ?? []
        let exact = candidates.filter { ("/" + $0).lowercased().hasSuffix("/" + wanted.lowercased()) }
        // Of several notes with one name, the one beside this note; else the one nearest to the top.
        let folder = Self.folder(of: id)
        return exact.first { Self.folder(of: $0) == folder }
            ?? exact.min { ($0.split(separator: "/").count, $0) < ($1.split(separator: "/").count, $1) }
    }
}
