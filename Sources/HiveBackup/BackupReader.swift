import HiveCore

/// Reads a backup file and believes nothing that it cannot authenticate.
final class BackupReader {
    static let advice = "take another copy of this backup, or an older one"

    let header: BackupHeader
    private let input: FileInput
    private let cipher: BackupCipher
    private var plain: ArraySlice<UInt8> = []
    private var number: UInt64 = 0
    private var isDone = false

    /// Throws `corrupt` where the file is no backup, `misuse` where the key is another backup's.
    init(path: String, key: BackupKey) throws {
        input = try FileInput(path)
        let (header, start) = try BackupHeader.read(from: input)
        guard key.fingerprint == header.fingerprint else {
            throw StoreError(
                .misuse, "this key does not open the backup `\(path)`",
                hint: "it needs the key of backup \(header.id), which `hivectl backup --key FILE` wrote")
        }
        self.header = header
        cipher = BackupCipher(key: key, header: start)
    }

    /// Hands out every file: its name, then its bytes piece by piece, then nil. Throws `corrupt` for what was altered or
    /// cut off; what was handed out by then is not to be used.
    func read(begin: (String) throws -> ([UInt8]?) throws -> Void) throws {
        while true {
            let length = try take(2).reduce(0) { $0 << 8 | Int($1) }
            guard length > 0 else { break }
            guard let name = String(validating: try take(length), as: UTF8.self) else { throw damage() }
            var left = try take(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let accept = try begin(name)
            while left > 0 {
                if plain.isEmpty { try fill() }
                let piece = plain.prefix(Int(min(left, UInt64(plain.count))))
                plain = plain.dropFirst(piece.count)
                left -= UInt64(piece.count)
                try accept(Array(piece))
            }
            try accept(nil)
        }
        guard plain.isEmpty, isDone, try input.read(1).isEmpty else { throw damage() }
    }

    private func take(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            if plain.isEmpty { try fill() }
            let piece = plain.prefix(count - bytes.count)
            bytes += piece
            plain = plain.dropFirst(piece.count)
        }
        return bytes
    }

    private func fill() throws {
        guard !isDone else { throw damage() }
        let lead = try input.read(4)
        guard lead.count == 4 else { throw cut() }
        let word = lead.reduce(0) { $0 << 8 | Int($1) }
        let isLast = word >> 31 == 1
        let length = word & 0x7FFF_FFFF
        guard length <= BackupCipher.chunk + BackupCipher.tagLength else { throw damage() }
        let sealed = try input.read(length)
        guard sealed.count == length else { throw cut() }
        guard let opened = try cipher.open(sealed, number: number, isLast: isLast) else { throw damage() }
        number += 1
        isDone = isLast
        plain = ArraySlice(opened)
    }

    private func damage() -> StoreError {
        StoreError(.corrupt, "the backup `\(input.path)` was altered or damaged at chunk \(number)", hint: Self.advice)
    }

    private func cut() -> StoreError {
        StoreError(.corrupt, "the backup `\(input.path)` is cut off after chunk \(number)", hint: Self.advice)
    }
}
