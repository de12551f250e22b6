import ArgumentParser
import Foundation
import HiveAPI
import HiveBackup
import HiveCore

/// `hivectl backup`.
struct BackupCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Write an encrypted backup while the node goes on working.",
        discussion: """
            The node writes the file, so the path is one of its machine. Each backup has a key of its own, which stays
            with the node and is destroyed when the backup is no longer to be kept. To restore on another machine,
            take the key along with --key FILE.

            Examples:
              hivectl backup /safe/hive.backup --key keys/hive.key
              hivectl backup list
            """,
        subcommands: [Make.self, List.self, Key.self, Mirrors.self, Fetch.self], defaultSubcommand: Make.self)

    /// `backup FILE`.
    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "make",
            abstract: "Write a backup.",
            discussion: """
                Example:
                  hivectl backup make /safe/hive.backup --key keys/hive.key
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(
            help: "The file; without one, a name of its own in the node's directory for backups.", completion: .file())
        var file: String?
        @Option(help: "Also write the key to this file, readable by you only.") var key: String?

        func run() async throws {
            let client = HiveClient(
                try NodeLocation.discover(role: .operator, data: options.data), timeoutSeconds: 24 * 3600)
            let path = file.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
            let backup = try await client.backUp(MakeBackup(path: path), as: .operator)
            if let key { try KeyFile.write(try await client.backupKey(backup.id, as: .operator).key, to: key) }
            options.print(
                backup,
                """
                backup \(backup.id), \(backup.bytes) bytes, in \(backup.path)
                \(key.map { "key in \($0): keep it apart from the backup" }
                    ?? "the key stays with the node until \(backup.keptUntil)")
                """)
        }
    }

    /// `backup list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "The backups that can still be read.",
            discussion: """
                COPIES names the peers that hold each.

                Example:
                  hivectl backup list
                """)
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let page = try await options.client().backups(as: .operator)
            options.print(
                page,
                Table.text(
                    ["ID", "CREATED", "KEPT UNTIL", "BYTES", "KEY", "COPIES", "FILE"],
                    page.items.map {
                        [
                            $0.id, $0.createdAt, $0.keptUntil, "\($0.bytes)", $0.exported ? "exported" : "here",
                            $0.mirrors.isEmpty ? "-" : $0.mirrors.joined(separator: ","), $0.path,
                        ]
                    }))
        }
    }

    /// `backup key ID FILE`.
    struct Key: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "key",
            abstract: "Write the key of a backup to a file.",
            discussion: """
                Whoever has it can read the backup; without any copy of it nobody can.

                Example:
                  hivectl backup key 3f2a91 keys/hive.key
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The id, or the beginning of it.", completion: .backups) var id: String
        @Argument(help: "The file.", completion: .file()) var file: String

        func run() async throws {
            let key = try await options.client().backupKey(id, as: .operator)
            try KeyFile.write(key.key, to: file)
            options.print(["id": .string(key.id), "path": .string(file)] as JSONValue, "key of \(key.id) in \(file)")
        }
    }
}

/// A file with the key of a backup.
enum KeyFile {
    static func write(_ key: String, to path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw Failure.badInput("`\(path)` exists already", hint: "choose another file for the key")
        }
        let made = FileManager.default.createFile(
            atPath: path, contents: Data((key + "\n").utf8), attributes: [.posixPermissions: 0o600])
        guard made else { throw Failure.badInput("the key cannot be written to `\(path)`", hint: "check the path") }
    }
}

/// `hivectl restore`.
struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup into the data directory of a node that is stopped.",
        discussion: """
            The node begins a new life, and erases again what was erased since. A directory that is not empty is
            refused without --replace, which gives up the database there.

            Example:
              hivectl restore /safe/hive.backup --key keys/hive.key --data /srv/hive
            """)
    @OptionGroup var options: GlobalOptions
    @Argument(help: "The file.", completion: .file()) var file: String
    @Option(help: "The key that hivectl backup --key wrote; else it is looked for in the data directory.") var key:
        String?
    @Flag(help: "Replace the database that is there.") var replace = false

    func run() throws {
        let environment = NodeLocation.processEnvironment
        let directory = options.data ?? environment("HIVE_DATA") ?? NodeLocation.defaultDirectory(environment)
        do {
            let outcome = try Restoration(file: file, directory: directory, replaces: replace).run(
                key: try key.map { try Console.readFile($0) })
            let answer: JSONValue = [
                "id": .string(outcome.id), "createdAt": .string(outcome.created.rfc3339), "data": .string(directory),
                "replaced": .bool(outcome.replaced),
            ]
            options.print(
                answer,
                "restored backup \(outcome.id) of \(outcome.created.rfc3339) into \(directory); start it with hived --data \(directory)"
            )
        } catch let error as StoreError { throw Self.named(error) }
    }

    private static func named(_ error: StoreError) -> HiveError {
        let code: HiveError.Code =
            switch error.code {
            case .corrupt, .misuse, .missing: .invalidInput
            case .busy: .unavailable
            case .full: .diskFull
            default: .internalError
            }
        return HiveError(code, error.message, hint: error.hint)
    }
}
