import HiveCore

/// Lines of files beside an encrypted database: `{"sealed":"…"}`, the value in base64url. Each line opens by itself; that
/// lines are missing or in another order shows nowhere.
extension StoreCipher {
    private static let head = Array("{\"sealed\":\"".utf8)
    private static let tail = Array("\"}".utf8)

    public func seal(line: [UInt8]) throws -> [UInt8] {
        Self.head + Array(Base64URL.encode(try seal(line, at: .line)).utf8) + Self.tail
    }

    /// What was sealed; any other line as it is. Throws a `StoreError` for a line that was changed or that comes from
    /// another node.
    public func open(line: [UInt8]) throws -> [UInt8] {
        guard let sealed = Self.sealed(in: line) else { return line }
        return try open(sealed, at: .line)
    }

    /// A line sealed with the newest key; nil where it is already. What a crash tore is sealed as it is: one damaged line
    /// must not keep the others from being sealed anew.
    public func renewed(line: [UInt8]) throws -> [UInt8]? {
        guard let sealed = Self.sealed(in: line) else { return try seal(line: line) }
        return isCurrent(sealed) ? nil : try seal(line: opened(line) ?? line)
    }

    /// A line as it was before it was sealed; nil where it was not, or cannot be opened.
    public func plain(line: [UInt8]) -> [UInt8]? { Self.sealed(in: line) == nil ? nil : opened(line) }

    /// Nil for what cannot be opened.
    private func opened(_ line: [UInt8]) -> [UInt8]? {
        do { return try open(line: line) } catch { return nil }
    }

    private static func sealed(in line: [UInt8]) -> [UInt8]? {
        guard line.starts(with: head), line.count >= head.count + tail.count,
            line.suffix(tail.count).elementsEqual(tail)
        else { return nil }
        return Base64URL.decode(
            String(decoding: line.dropFirst(head.count).dropLast(tail.count), as: UTF8.self))
    }
}
