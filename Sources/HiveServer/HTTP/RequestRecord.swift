import HiveAPI
import Synchronization

/// What is known of a request while it is answered, for its log line.
final class RequestRecord: Sendable {
    @TaskLocal static var current: RequestRecord?

    /// The caller's, or one that was made here.
    let id: String
    private let known = Mutex<Caller?>(nil)

    init(id: String) { self.id = id }

    /// Who asks, once a token was found good.
    var caller: Caller? { known.withLock { $0 } }

    func note(_ caller: Caller) { known.withLock { $0 = caller } }

    /// A caller's id for its request where it may stand in a log and in a header, else a new one.
    static func id(_ given: String?, using generator: inout some RandomNumberGenerator) -> String {
        if let given, (1...128).contains(given.utf8.count), given.utf8.allSatisfy(isPlain) { return given }
        let digits = Array("0123456789abcdefghjkmnpqrstvwxyz")
        return String((0..<20).map { _ in digits[Int.random(in: 0..<32, using: &generator)] })
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "-_.:/+=".utf8.contains(byte)
        }
    }
}
