/// Where the lines of the journal of access are kept: a few files that grow one after the other.
public protocol AccessJournal: Sendable {
    func append(_ line: [UInt8]) throws
    /// Returns once everything that was appended is on disk.
    func flush() throws
    /// How many files there may be.
    var files: Int { get }
    /// The lines of one file, oldest first; 0 is the youngest file.
    func lines(ofFile number: Int) throws -> [[UInt8]]
}
