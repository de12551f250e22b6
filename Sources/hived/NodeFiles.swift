import Foundation
import HiveAPI
import HiveCore
import HiveServer
import HiveStore
import Logging

/// The small files of a data directory: identity, tokens, and where the running node can be reached.
struct NodeFiles {
    let directory: DataDirectory

    var database: String { directory.file("hive.db") }

    /// The node's key; made at the first start. A database without its key is never opened with another one.
    func signer() throws -> Ed25519Signer {
        let path = directory.file("identity.key")
        if let data = FileManager.default.contents(atPath: path) {
            do { return try Ed25519Signer(privateKey: [UInt8](data)) } catch {
                throw StoreError(.corrupt, "the key file `\(path)` does not hold a key", hint: Self.recovery)
            }
        }
        guard !FileManager.default.fileExists(atPath: database) else {
            throw StoreError(.missing, "the key file `\(path)` is missing", hint: Self.recovery)
        }
        let signer = Ed25519Signer.generate()
        try DurableFile.write(signer.privateKeyBytes, to: path)
        return signer
    }

    private static let recovery =
        "put back the key file from a copy, or move the data directory away and join the hive anew"

    /// The two local credentials, each in a file of its own, readable by the owner only.
    func authority(besides others: any Credentials) throws -> TokenAuthority {
        TokenAuthority(
            agents: [try token("agent.token")], operators: [try token("operator.token")], others: [others])
    }

    private func token(_ name: String) throws -> Digest {
        let path = directory.file(name)
        if let data = FileManager.default.contents(atPath: path) {
            let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            guard text.count >= 20 else {
                throw StoreError(
                    .corrupt, "the token file `\(path)` holds no token",
                    hint: "delete it; the next start makes a new one")
            }
            return TokenAuthority.hash(of: text)
        }
        var random = SystemRandomNumberGenerator()
        let text = "hive_" + Base64URL.encode(Incarnation(using: &random).bytes + Incarnation(using: &random).bytes)
        try DurableFile.write(Array((text + "\n").utf8), to: path)
        return TokenAuthority.hash(of: text)
    }

    /// The journal of decisions; nil where none is recorded and none was.
    func journal(_ protection: StoreProtection, isOn: Bool) throws -> DecisionJournal? {
        let path = directory.file("decisions.jsonl")
        guard isOn || FileManager.default.fileExists(atPath: path) else { return nil }
        return DecisionJournal(try JournalFile(LineJournal(path: path), protection))
    }

    /// The journal of access: 32 MiB at most.
    func accessJournal(_ protection: StoreProtection) throws -> JournalFile {
        try JournalFile(LineJournal(path: directory.file("access.jsonl"), limit: 4 << 20, kept: 7), protection)
    }

    /// Tells others on this machine where the node is.
    func writeRun(_ run: JSONValue) throws {
        try DurableFile.write(run.bytes + [0x0A], to: directory.file("run.json"))
    }

    /// How long the path of a socket may be, on every system.
    private static let longestSocket = 100

    /// Where hooks find a node whose ports speak TLS: in the data directory, or where that has too long a path in the
    /// user's runtime directory. Nil where neither will do, and where it is not needed. What a former run left there
    /// goes: the directory is ours alone.
    func hookSocket(isNeeded: Bool, _ logger: Logger) -> String? {
        if let path = hookSocketPath { unlink(path) }
        guard isNeeded else { return nil }
        if hookSocketPath == nil {
            logger.warning(
                """
                hooks cannot reach this node: its ports speak TLS, and the path of the data directory is too long for \
                a socket; set XDG_RUNTIME_DIR, or choose a shorter path
                """)
        }
        return hookSocketPath
    }

    private var hookSocketPath: String? {
        let name = Digest.sha256(domain: "hive/1/socket", Array(directory.path.utf8)).hex.prefix(16)
        let runtime = ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"].map { "\($0)/hive-\(name).sock" }
        let own = URL(fileURLWithPath: directory.file("hooks.sock")).standardizedFileURL.path
        return [own, runtime].compactMap(\.self).first { $0.utf8.count <= Self.longestSocket }
    }

    func removeRun() {
        if let path = hookSocketPath { unlink(path) }
        do { try FileManager.default.removeItem(atPath: directory.file("run.json")) } catch
        { /* it was never written */  }
    }
}
