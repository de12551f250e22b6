import HiveAPI
@testable import HiveOnboarding
import Synchronization

/// Files in memory; a path may be made to refuse writes.
final class MemoryFiles: FileTree {
    private let state = Mutex<[String: [UInt8]]>([:])
    private let refused: String?

    init(_ files: [String: String] = [:], refusing refused: String? = nil) {
        state.withLock { $0 = files.mapValues { Array($0.utf8) } }
        self.refused = refused
    }

    var all: [String: [UInt8]] { state.withLock { $0 } }
    func text(_ path: String) -> String? { all[path].map { String(decoding: $0, as: UTF8.self) } }

    func read(_ path: String) throws -> [UInt8]? { all[path] }

    func write(_ bytes: [UInt8], to path: String) throws {
        guard path != refused else { throw HiveError(.forbidden, "cannot write `\(path)`") }
        state.withLock { $0[path] = bytes }
    }

    func remove(_ path: String) throws { state.withLock { $0[path] = nil } }

    func holding<T>(_ lock: String, _ work: () throws -> T) throws -> T { try work() }
}

/// Numbers that are the same for the same seed.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }
    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
