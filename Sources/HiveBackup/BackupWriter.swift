import HiveCore

/// Writes a backup file: eight bytes that say so, length and bytes of the header, then chunks, each a length of four bytes (the highest
/// bit marks the last chunk), encrypted bytes and tag. Inside are files: length and bytes of the name, eight bytes of
/// size, the bytes; a name without length ends them.
final class BackupWriter {
    private let output: DurableOutput
    private let cipher: BackupCipher
    private var waiting: [UInt8] = []
    private var number: UInt64 = 0

    init(path: String, key: BackupKey, created: Timestamp) throws {
        output = try DurableOutput(path)
        let header = BackupHeader(id: key.id, created: created, fingerprint: key.fingerprint).encoded()
        let start = BackupHeader.firstBytes + Self.bytes(of: UInt64(header.count), count: 4) + header
        cipher = BackupCipher(key: key, header: start)
        try output.write(start)
    }

    /// Adds a file under a name.
    func add(_ name: String, from path: String) throws {
        let input = try FileInput(path)
        let size = try input.size
        begin(name, size: size)
        var left = size
        while left > 0 {
            let piece = try input.read(min(left, BackupCipher.chunk))
            guard !piece.isEmpty else { throw StoreError(.failed, "`\(path)` became shorter while it was read") }
            left -= piece.count
            waiting += piece
            try flush()
        }
    }

    private func begin(_ name: String, size: Int) {
        let name = Array(name.utf8)
        waiting += Self.bytes(of: UInt64(name.count), count: 2) + name + Self.bytes(of: UInt64(size), count: 8)
    }

    private func flush() throws {
        while waiting.count > BackupCipher.chunk {
            try seal(Array(waiting.prefix(BackupCipher.chunk)), isLast: false)
            waiting.removeFirst(BackupCipher.chunk)
        }
    }

    private func seal(_ bytes: [UInt8], isLast: Bool) throws {
        let sealed = try cipher.seal(bytes, number: number, isLast: isLast)
        let mark: UInt64 = isLast ? 1 << 31 : 0
        try output.write(Self.bytes(of: UInt64(sealed.count) | mark, count: 4))
        try output.write(sealed)
        number += 1
    }

    /// Ends the file and gives it its name. Answers with its size.
    func finish() throws -> Int {
        waiting += [0, 0]
        try flush()
        try seal(waiting, isLast: true)
        try output.finish()
        return output.count
    }

    private static func bytes(of number: UInt64, count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * (count - 1 - $0))) }
    }
}
