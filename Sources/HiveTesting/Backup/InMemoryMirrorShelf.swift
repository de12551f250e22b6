public import HiveCore
import Synchronization

/// Mirrors in memory, by the same rules as those on a disk.
public final class InMemoryMirrorShelf: MirrorShelf {
    private struct Mirror {
        let offer: MirrorOffer
        var bytes: [UInt8] = []
        var isWhole = false
    }

    private struct State {
        var mirrors: [MirrorName: Mirror] = [:]
        var files: [String: [UInt8]] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    /// What was put at paths.
    public var files: [String: [UInt8]] { state.withLock { $0.files } }

    public func all() throws -> [MirrorHolding] {
        state.withLock { state in
            state.mirrors.map { Self.holding($0.key, $0.value) }.sorted {
                ($0.owner, $0.offer.created, $0.offer.id) < ($1.owner, $1.offer.created, $1.offer.id)
            }
        }
    }

    private static func holding(_ name: MirrorName, _ mirror: Mirror) -> MirrorHolding {
        MirrorHolding(owner: name.owner, offer: mirror.offer, held: mirror.bytes.count, isWhole: mirror.isWhole)
    }

    public func begin(_ offer: MirrorOffer, of owner: NodeID, limit: Int?) throws -> MirrorHolding {
        let name = MirrorName(owner: owner, id: offer.id)
        return try state.withLock { state in
            if let known = state.mirrors[name] {
                if known.offer.digest == offer.digest, known.offer.size == offer.size {
                    return Self.holding(name, known)
                }
                state.mirrors[name] = nil
            }
            let used = state.mirrors.values.reduce(0) { $0 + $1.offer.size }
            if let limit, offer.size > limit - used {
                throw StoreError(.full, "\(used) of \(limit) bytes for mirrors are taken", hint: "make room")
            }
            let mirror = Mirror(offer: offer)
            state.mirrors[name] = mirror
            return Self.holding(name, mirror)
        }
    }

    public func append(_ bytes: [UInt8], at offset: Int, to name: MirrorName) throws -> Int {
        try state.withLock { state in
            guard let known = state.mirrors[name], !known.isWhole, known.bytes.count == offset,
                bytes.count <= known.offer.size - offset
            else { throw StoreError(.misuse, "these bytes do not follow what is here of backup \(name.id)") }
            state.mirrors[name]?.bytes += bytes
            return offset + bytes.count
        }
    }

    public func finish(_ name: MirrorName, to path: String?) throws -> Bool {
        try state.withLock { state in
            guard let known = state.mirrors[name], known.bytes.count == known.offer.size else { return false }
            guard Digest.sha256(known.bytes) == known.offer.digest else {
                state.mirrors[name] = nil
                return false
            }
            state.mirrors[name]?.isWhole = true
            if let path {
                guard state.files[path] == nil else { throw StoreError(.misuse, "`\(path)` exists already") }
                state.files[path] = known.bytes
                state.mirrors[name] = nil
            }
            return true
        }
    }

    public func read(_ name: MirrorName, at offset: Int, count: Int) throws -> [UInt8] {
        try state.withLock { state in
            guard let known = state.mirrors[name], known.isWhole else {
                throw StoreError(.missing, "there is no mirror \(name.id)")
            }
            return Array(known.bytes.dropFirst(offset).prefix(count))
        }
    }

    public func drop(_ name: MirrorName) throws { state.withLock { $0.mirrors[name] = nil } }
}
