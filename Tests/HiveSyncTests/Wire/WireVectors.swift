import HiveCore
import HiveSync

/// One message of every kind.
enum WireVectors {
    static let hive = HiveID(.sha256([2]))
    static let log = LogID(.sha256([1]))
    static let founding = ScopeFounding(hive: hive, name: .main, founder: NodeID(.sha256([3])))
    static let head = LogHead(log: log, size: 7, root: .sha256([4]))
    static let document = DocumentAddress(scope: founding.scope, document: .derived(kind: 1, key: [1], generation: 0))
    static let blob = SyncMessage.BlobAddress(hash: .sha256([5]), document: document)

    /// In order of their numbers; ranges, keys and backups have tests of their own.
    static let messages: [(String, SyncMessage)] = [
        (
            "hello",
            .hello(.init(hive: hive, name: "ada", address: "10.0.0.1:8901", digest: .zero, features: ["deflate"]))
        ),
        ("hello ack", .helloAck(digest: .zero)),
        ("have", .have([.init(founding: founding, stream: .law, digest: .sha256([6]))])),
        ("logs", .logs(founding.scope, .knowledge, [head])),
        ("sync request", .syncRequest(log, from: 3, credit: .standard)),
        ("plan", .plan(log, operations: 9, bytes: 4_500)),
        ("sync ack", .syncAck([head])),
        ("blob request", .blobRequest(blob)),
        ("blob", .blob(blob, [1, 2])),
        ("join request", .joinRequest(.init(secret: [1, 2, 3], name: "bob", address: ""))),
        ("join refusal", .joinRefusal(code: "invitation_unknown", message: "ask for a new one")),
        ("leave", .leave(code: "silent", message: "not heard for a minute")),
        ("ping", .ping(1)),
        ("pong", .pong(1)),
        ("conflict notification", .conflictNotification([document])),
        ("conflict resolution", .conflictResolution([document])),
        ("graft", .overlay(.graft(founding.scope, log, from: 8))),
        ("prune", .overlay(.prune(founding.scope))),
        ("announce", .overlay(.announce(founding.scope, [head]))),
        ("cursor", .cursor(log, 7)),
        ("buckets", .buckets(founding.scope, .knowledge, [UInt8](repeating: 0, count: 128))),
        ("bucket logs", .bucketLogs(founding.scope, .knowledge, [head])),
        ("peers", .overlay(.peers([]))),
        ("busy", .overlay(.busy(2_500))),
    ]
}
