/// Files below a folder. Paths are absolute; one that lies elsewhere, also by way of a symbolic link, is refused.
protocol FileTree: Sendable {
    /// Nil where there is no such file. Throws `forbidden` for one that may not be read.
    func read(_ path: String) throws -> [UInt8]?
    /// Puts the bytes in the place of what was there, whole or not at all; permissions stay as they were. Makes folders.
    func write(_ bytes: [UInt8], to path: String) throws
    /// Removes a file, and the folders above it that are empty then.
    func remove(_ path: String) throws
    /// Does something while nobody else holds the same lock, in this process or another.
    func holding<T>(_ lock: String, _ work: () throws -> T) throws -> T
}
