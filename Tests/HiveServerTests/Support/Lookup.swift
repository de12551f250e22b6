import HiveServer
import Synchronization

/// Carries addresses out of a test's closure.
final class Lookup: Sendable {
    private let addresses = Mutex<HiveServer.BoundAddresses?>(nil)

    func set(_ found: HiveServer.BoundAddresses) { addresses.withLock { $0 = found } }
    func get() -> HiveServer.BoundAddresses? { addresses.withLock { $0 } }
}
