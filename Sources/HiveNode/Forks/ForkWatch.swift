import HiveCore
import Synchronization

/// Which forks were seen, so that each is told of once when it is found and once when it is settled.
final class ForkWatch: Sendable {
    private let known = Mutex<[LogID: Bool]?>(nil)

    /// Forks that are new, and forks that are settled since. What there was at the start is told to nobody.
    func turn(to forks: [Fork]) -> (detected: [Fork], resolved: [Fork]) {
        let now = Dictionary(forks.map { ($0.log, $0.isSettled) }) { first, _ in first }
        let before = known.withLock { known in
            defer { known = now }
            return known
        }
        guard let before else { return ([], []) }
        return (
            forks.filter { before[$0.log] == nil || before[$0.log] == true && !$0.isSettled },
            forks.filter { $0.isSettled && before[$0.log] != true }
        )
    }
}
