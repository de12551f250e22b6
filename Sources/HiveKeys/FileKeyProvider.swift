import Foundation
public import HiveCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Keys in a file that its owner alone may read: 32 bytes raw, or lines of text, the current key first. The file is read
/// anew each time, so that a changed one is noticed.
public struct FileKeyProvider: KeyProvider {
    private static let largestFile = 64 << 10
    private let path: String

    public init(path: String) { self.path = path }

    public var place: String { "the key file `\(path)`" }

    public func currentKey() async throws -> String { try keys().current.id }

    public func wrap(_ key: SealingKey) async throws -> WrappedKey {
        var random = SystemRandomNumberGenerator()
        return try keys().current.wrap(key, using: &random)
    }

    public func unwrap(_ wrapped: WrappedKey) async throws -> SealingKey { try keys().unwrap(wrapped, from: place) }

    private func keys() throws(KeyError) -> WrappingKeys { try KeyText.keys(in: try contents(), of: place) }

    private func contents() throws(KeyError) -> [UInt8] {
        let descriptor = openFile(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(errno) }
        defer { closeFile(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(errno) }
        guard status.st_mode & 0o077 == 0 else {
            throw KeyError(
                .forbidden, "\(place) may be read by others than its owner", hint: "chmod 600 '\(path)'")
        }
        var bytes = [UInt8](repeating: 0, count: Self.largestFile)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count >= 0 else { throw unreadable(errno) }
        return Array(bytes.prefix(count))
    }

    private func unreadable(_ code: Int32) -> KeyError {
        let reason = String(cString: strerror(code))
        return code == ENOENT
            ? KeyError(.missing, "\(place) is not there", hint: "put it back, or correct its path in hive.yaml")
            : KeyError(.forbidden, "\(place) cannot be read: \(reason)", hint: "check its owner and its permissions")
    }
}

private func openFile(_ path: String, _ flags: Int32) -> Int32 { open(path, flags) }
private func closeFile(_ descriptor: Int32) { _ = close(descriptor) }
