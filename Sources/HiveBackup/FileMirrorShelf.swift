import Foundation
public import HiveCore
import Synchronization

/// Mirrors as files: `OWNER/ID.mirror`, beside it `ID.offer`, which says what it is; until it is whole and was checked
/// `ID.mirror.part`. Mode 0600.
public final class FileMirrorShelf: MirrorShelf {
    private let directory: String
    /// One after another: room is counted and taken in one step.
    private let turn = Mutex(())

    public init(directory: String) { self.directory = directory }

    public func all() throws -> [MirrorHolding] { try turn.withLock { _ in try holdings() } }

    private func holdings() throws -> [MirrorHolding] {
        try Self.names(in: directory).compactMap { NodeID(hex: $0) }.flatMap { owner in
            try Self.names(in: "\(directory)/\(owner)").filter { $0.hasSuffix(".offer") }.compactMap { file in
                try holding(MirrorName(owner: owner, id: String(file.dropLast(6))))
            }
        }.sorted { ($0.owner, $0.offer.created, $0.offer.id) < ($1.owner, $1.offer.created, $1.offer.id) }
    }

    public func begin(_ offer: MirrorOffer, of owner: NodeID, limit: Int?) throws -> MirrorHolding {
        let name = MirrorName(owner: owner, id: offer.id)
        return try turn.withLock { _ in
            if let known = try holding(name) {
                if known.offer.digest == offer.digest, known.offer.size == offer.size { return known }
                try remove(name)
            }
            if let limit {
                let used = try holdings().reduce(0) { $0 + $1.offer.size }
                guard offer.size <= limit - used else {
                    throw StoreError(
                        .full, "\(used) of \(limit) bytes for mirrors are taken, this backup has \(offer.size)",
                        hint: "raise backup.acceptMirrors.maxBytes there, or keep fewer copies")
                }
            }
            try Self.makeDirectory("\(directory)/\(owner)")
            let output = try DurableOutput(path(name, ".offer"))
            try output.write(Self.encode(offer))
            try output.finish()
            return MirrorHolding(owner: owner, offer: offer, held: 0, isWhole: false)
        }
    }

    public func append(_ bytes: [UInt8], at offset: Int, to name: MirrorName) throws -> Int {
        try turn.withLock { _ in
            guard let known = try holding(name), !known.isWhole, known.held == offset,
                bytes.count <= known.offer.size - offset
            else { throw StoreError(.misuse, "these bytes do not follow what is here of backup \(name.id)") }
            let file = try FileExtension(part(name))
            try file.append(bytes)
            return offset + bytes.count
        }
    }

    public func finish(_ name: MirrorName, to path: String?) throws -> Bool {
        // What is read here grows no more, so others need not wait for a hash of gigabytes.
        guard let known = try turn.withLock({ _ in try holding(name) }), known.held == known.offer.size else {
            return false
        }
        if !known.isWhole {
            guard try Self.digest(of: part(name)) == known.offer.digest else {
                try drop(name)
                return false
            }
            try FileExtension(part(name)).sync()
            try turn.withLock { _ in
                do { try FileManager.default.moveItem(atPath: part(name), toPath: self.path(name, ".mirror")) } catch {
                    throw StoreError(.failed, "backup \(name.id) cannot be given its name: \(error)")
                }
                try DurableOutput.sync(directoryOf: self.path(name, ".mirror"))
            }
        }
        if let path {
            try copy(name, to: path)
            try drop(name)
        }
        return true
    }

    /// The file may go to another disk, so it is written anew.
    private func copy(_ name: MirrorName, to path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw StoreError(.misuse, "`\(path)` exists already", hint: "choose another name")
        }
        try Self.makeDirectory(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
        let input = try FileInput(self.path(name, ".mirror"))
        let output = try DurableOutput(path)
        while true {
            let bytes = try input.read(Self.piece)
            if bytes.isEmpty { break }
            try output.write(bytes)
        }
        try output.finish()
    }

    public func read(_ name: MirrorName, at offset: Int, count: Int) throws -> [UInt8] {
        let input = try FileInput(path(name, ".mirror"))
        try input.seek(to: offset)
        return try input.read(count)
    }

    public func drop(_ name: MirrorName) throws { try turn.withLock { _ in try remove(name) } }

    // MARK: Files

    private static let piece = 1 << 20

    private func path(_ name: MirrorName, _ ending: String) -> String {
        "\(directory)/\(name.owner)/\(name.id)\(ending)"
    }

    private func part(_ name: MirrorName) -> String { path(name, ".mirror.part") }

    /// Nil where nothing is known of it.
    private func holding(_ name: MirrorName) throws -> MirrorHolding? {
        guard MirrorOffer.isID(name.id),
            let data = FileManager.default.contents(atPath: path(name, ".offer")),
            let offer = Self.decode([UInt8](data), id: name.id)
        else { return nil }
        let isWhole = FileManager.default.fileExists(atPath: path(name, ".mirror"))
        let held = try isWhole ? offer.size : FileExtension.size(of: part(name))
        return MirrorHolding(owner: name.owner, offer: offer, held: min(held, offer.size), isWhole: isWhole)
    }

    /// What it is goes last: until then the rest is found again and can be removed.
    private func remove(_ name: MirrorName) throws {
        for ending in [".mirror", ".mirror.part", ".offer"] {
            let path = path(name, ending)
            guard FileManager.default.fileExists(atPath: path) else { continue }
            do { try FileManager.default.removeItem(atPath: path) } catch {
                throw StoreError(.failed, "cannot remove `\(path)`: \(error.localizedDescription)", hint: "remove it")
            }
        }
    }

    private static func digest(of path: String) throws -> Digest {
        let input = try FileInput(path)
        var hasher = Digest.Hasher()
        while true {
            let bytes = try input.read(piece)
            if bytes.isEmpty { return hasher.finalize() }
            hasher.update(bytes)
        }
    }

    private static func names(in directory: String) throws -> [String] {
        guard FileManager.default.fileExists(atPath: directory) else { return [] }
        do { return try FileManager.default.contentsOfDirectory(atPath: directory) } catch {
            throw StoreError(.failed, "cannot read `\(directory)`: \(error)", hint: "check its permissions")
        }
    }

    private static func makeDirectory(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StoreError(.failed, "the directory `\(path)` cannot be made: \(error)", hint: "check the path")
        }
    }

    private static func encode(_ offer: MirrorOffer) -> [UInt8] {
        CBORValue.array([
            .integer(Int64(offer.size)), .bytes(offer.digest.bytes), .integer(offer.created.milliseconds),
            .integer(offer.keptUntil.milliseconds),
        ]).encoded()
    }

    private static func decode(_ bytes: [UInt8], id: String) -> MirrorOffer? {
        guard case .array(let parts)? = try? CBORValue(decoding: bytes), parts.count == 4,
            let size = parts[0].integer, let digest = parts[1].bytes.flatMap({ Digest(bytes: $0) }),
            let created = parts[2].integer, let keptUntil = parts[3].integer
        else { return nil }
        return MirrorOffer(
            id: id, size: Int(size), digest: digest, created: Timestamp(milliseconds: created),
            keptUntil: Timestamp(milliseconds: keptUntil))
    }
}
