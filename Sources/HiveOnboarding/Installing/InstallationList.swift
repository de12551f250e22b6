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

    /// In the order of their making. What another version wrote and this one does not know is passed over.
    func entries() throws -> [Entry] {
        guard let bytes = try files.read(path) else { return [] }
        let list = try JSONValue(parsing: bytes)["installations"]?.array ?? []
        return list.compactMap { item in
            guard let client = item["client"]?.string.flatMap(HookClient.init(rawValue:)),
                let level = item["level"]?.string.flatMap(OnboardingLevel.init(rawValue:)),
                let root = item["root"]?.string, let program = item["program"]?.string
            else { return nil }
            return Entry(
                client: client, level: level, root: root, program: program, data: item["data"]?.string,
                commands: item["commands"]?.array?.compactMap(\.string) ?? [])
        }
    }

    func add(_ entry: Entry) throws {
        let others = try entries().filter { !$0.isSame(as: entry) }
        try write(others + [entry])
    }

    func remove(_ entry: Entry) throws {
        let all = try entries()
        let others = all.filter { !$0.isSame(as: entry) }
        if others.count != all.count { try write(others) }
    }

    private func write(_ entries: [Entry]) throws {
        let list = entries.map { entry -> JSONValue in
            var fields: [String: JSONValue] = [
                "client": .string(entry.client.rawValue), "level": .string(entry.level.rawValue),
                "root": .string(entry.root), "program": .string(entry.program),
                "commands": .array(entry.commands.map(JSONValue.string)),
            ]
            fields["data"] = entry.data.map(JSONValue.string)
            return .object(fields)
        }
        let value: JSONValue = ["installations": .array(list)]
        try files.write(value.bytes + [0x0A], to: path)
    }
}
