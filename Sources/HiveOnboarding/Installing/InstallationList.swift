import HiveAPI
import HiveHooks

/// Where clients were set up by this node's user: a file in the data directory, read by whoever brings them up to date.
struct InstallationList {
    struct Entry {
        let client: HookClient
        let level: OnboardingLevel
        let root: String
        let program: String
        let data: String?
        /// The commands that were set up.
        var commands: [String] = []

        func isSame(as other: Entry) -> Bool {
            (client, level, root) == (other.client, other.level, other.root)
        }
    }

    private let path: String
    private let files: any FileTree

    init(directory: String, files: any FileTree) {
        path = directory + "/installations.json"
        self.files = files
    }

    /// In the order of their making. What another version wrote and this one does not know is passed over, and stays.
    func entries() throws -> [Entry] { try items().compactMap(Self.entry) }

    func add(_ entry: Entry) throws {
        try change { items in items.filter { !Self.isAbout(entry, $0) } + [Self.json(entry)] }
    }

    /// Only where it is there.
    func refresh(_ entry: Entry) throws {
        try change { items in items.map { Self.isAbout(entry, $0) ? Self.json(entry) : $0 } }
    }

    func remove(_ entry: Entry) throws { try change { items in items.filter { !Self.isAbout(entry, $0) } } }

    private func items() throws -> [JSONValue] {
        guard let bytes = try files.read(path) else { return [] }
        return try JSONValue(parsing: bytes)["installations"]?.array ?? []
    }

    /// Reads, changes and writes while nobody else does.
    private func change(_ work: ([JSONValue]) -> [JSONValue]) throws {
        try files.holding(path + ".lock") {
            let former = try items()
            let items = work(former)
            guard items != former else { return }
            let value: JSONValue = ["installations": .array(items)]
            try files.write(value.bytes + [0x0A], to: path)
        }
    }

    private static func isAbout(_ entry: Entry, _ item: JSONValue) -> Bool {
        self.entry(item)?.isSame(as: entry) ?? false
    }

    private static func entry(_ item: JSONValue) -> Entry? {
        guard let client = item["client"]?.string.flatMap(HookClient.init(rawValue:)),
            let level = item["level"]?.string.flatMap(OnboardingLevel.init(rawValue:)),
            let root = item["root"]?.string, let program = item["program"]?.string
        else { return nil }
        return Entry(
            client: client, level: level, root: root, program: program, data: item["data"]?.string,
            commands: item["commands"]?.array?.compactMap(\.string) ?? [])
    }

    private static func json(_ entry: Entry) -> JSONValue {
        var fields: [String: JSONValue] = [
            "client": .string(entry.client.rawValue), "level": .string(entry.level.rawValue),
            "root": .string(entry.root), "program": .string(entry.program),
            "commands": .array(entry.commands.map(JSONValue.string)),
        ]
        fields["data"] = entry.data.map(JSONValue.string)
        return .object(fields)
    }
}
