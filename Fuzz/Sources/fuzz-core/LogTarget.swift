import HiveCore
import HiveFuzzing
import HiveSync
import HiveTesting

extension FuzzTarget {
    /// Ranges of a log by a relay that cannot sign, and by an author that signs whatever it likes. A relay gets nothing
    /// in but what the author signed; from the author's lies nothing breaks, and state stays what the logs say.
    static let log = FuzzTarget("log") { bytes in
        var script = ByteScript(bytes)
        let isAuthor = script.byte() & 1 == 1
        let held = script.below(known.range.entries.count + 1)
        let range = isAuthor ? try lie(&script, after: held) : relay(&script)
        guard let range else { return }
        try take(range, holding: held, isAuthor: isAuthor)
    }

    private static let known: KnownLogs = {
        do { return try KnownLogs() } catch { fatalError("the known hive cannot be made: \(error)") }
    }()

    private static let readers: [KnownLogs.Reader] = {
        do { return try known.readers() } catch { fatalError("readers cannot be made: \(error)") }
    }()

    /// Ends a transaction whose changes nobody needs.
    private struct Undo: Error {}

    private static func take(_ range: LogRange, holding held: Int, isAuthor: Bool) throws {
        let reader = readers[held]
        do {
            try reader.store.write { transaction in
                var replica = reader.replica
                let now = KnownLogs.now
                _ = try replica.ingest(range, in: transaction, verifier: KeyedHashVerifier(), now: now)
                try judge(&replica, transaction, isAuthor: isAuthor)
                throw Undo()
            }
        } catch is Undo {
        } catch is ReplicaError {
        }
    }

    private static func judge(
        _ replica: inout Replica, _ transaction: any StoreTransaction, isAuthor: Bool
    ) throws {
        let problems = try LogAudit(transaction, verifier: KeyedHashVerifier()).problems
        expect(problems.isEmpty, "logs are whole: \(problems)")
        let findings = try ProjectionAudit(&replica, in: transaction).problems
        expect(findings.isEmpty, "documents are what the logs say: \(findings)")
        guard !isAuthor else { return }
        let log = known.range.checkpoint.log
        let size = try transaction.logs.row(log)?.size ?? 0
        let stored = size == 0 ? [] : try transaction.logs.operations(.range(log, from: 1, through: size))
        let truth = known.range.entries.prefix(stored.count).map(\.header)
        expect(stored.map(\.headerBytes) == truth, "nothing is taken in but what was signed")
    }

    /// What comes over the wire: any message, or the true range with parts of it exchanged.
    private static func relay(_ script: inout ByteScript) -> LogRange? {
        if script.byte() & 1 == 1 {
            switch try? SyncMessage.decode(script.everything()) {
            case .push(let range)?, .syncResponse(let range)?: return range
            default: return nil
            }
        }
        let truth = known.range
        let start = script.below(truth.entries.count)
        let end = start + script.below(truth.entries.count - start + 1)
        var entries = Array(truth.entries[start..<end])
        while !script.isAtEnd, !entries.isEmpty {
            let (place, other) = (script.below(entries.count), script.below(entries.count))
            let entry = entries[place]
            switch script.below(6) {
            case 0: entries.swapAt(place, other)
            case 1: entries[place] = entries[other]
            case 2: entries.remove(at: place)
            case 3: entries[place] = .init(header: entry.header, body: nil)
            case 4: entries[place] = .init(header: script.altered(entry.header), body: entry.body)
            default:
                let body = entry.body.map { SaltedBody(salt: $0.salt, bytes: script.altered($0.bytes)) }
                entries[place] = .init(header: entry.header, body: body)
            }
        }
        let first = UInt64(start + 1) &+ (script.byte() == 0xFF ? UInt64.max - 3 : 0)
        let checkpoint = (try? known.signed(Array(truth.entries.prefix(end)), first: 1).checkpoint) ?? truth.checkpoint
        return LogRange(descriptor: truth.descriptor, first: first, entries: entries, checkpoint: checkpoint)
    }

    /// The author signs operations that are not what its log held.
    private static func lie(_ script: inout ByteScript, after held: Int) throws -> LogRange {
        var entries = Array(known.range.entries.dropFirst(held))
        for place in entries.indices where !script.isAtEnd {
            let entry = entries[place]
            switch script.below(4) {
            case 0: continue
            case 1: entries[place] = .init(header: script.altered(entry.header), body: entry.body)
            case 2: entries[place] = rewritten(entry, &script)
            default: entries[place] = .init(header: script.bytes(), body: entry.body)
            }
        }
        return try known.signed(entries, first: UInt64(held) + 1)
    }

    /// Another body, with the header that commits to it.
    private static func rewritten(_ entry: LogRange.Entry, _ script: inout ByteScript) -> LogRange.Entry {
        guard let body = entry.body else { return entry }
        let other = SaltedBody(salt: body.salt, bytes: script.altered(body.bytes))
        let header = Array(entry.header.dropLast(Digest.length)) + other.hash.bytes
        return LogRange.Entry(header: header, body: other)
    }
}
