import HiveAPI

/// One thing that is set up in one file: how it is, how it comes in and how it goes out. Works on bytes; whoever calls reads
/// and writes.
protocol OnboardingPiece: Sendable {
    var path: String { get }
    var part: OnboardingPart { get }
    /// Throws `invalid_input` for a file that cannot be understood.
    func state(in bytes: [UInt8]) throws -> OnboardedPlace.State
    func installed(in bytes: [UInt8]?) throws -> [UInt8]
    /// Nil where nothing is left that would need a file.
    func removed(from bytes: [UInt8]) throws -> [UInt8]?
}
