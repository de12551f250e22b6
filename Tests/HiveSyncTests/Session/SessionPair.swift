import HiveCore
import HiveSync

/// Two sessions over made-up views, with every byte and every turn between them counted. Nothing is stored: what is asked
/// for is noted.
struct SessionPair {
    private var sessions: [SyncSession]
    private let views: [ExchangeView]
    /// What was said, in turns: all messages of one turn cross each other.
    private(set) var turns: [[(from: Int, message: SyncMessage)]] = []
    private(set) var requests: [LogID] = []
    private(set) var hasConverged = [false, false]

    /// - Parameter frame: bytes that a transport adds to a message.
    static let frame = 5

    init(_ first: ExchangeView, _ second: ExchangeView, hive: HiveID) {
        views = [first, second]
        var settings = SyncSession.Settings()
        settings.window = 16
        sessions = ["ada", "bob"].map {
            SyncSession(hive: hive, name: $0, address: "10.0.0.1:8901", settings: settings)
        }
    }

    var bytes: Int { turns.joined().reduce(0) { $0 + $1.message.encoded().count + Self.frame } }

    /// Lets both say hello, and then as many turns as there is something to say.
    mutating func talk(limit: Int = 12) {
        var said = feed(.opened, to: 0) + feed(.opened, to: 1)
        while !said.isEmpty, turns.count < limit {
            turns.append(said)
            let heard = said
            said = []
            for (from, message) in heard { said += feed(.received(message), to: 1 - from) }
        }
    }

    /// Lets one of them hear something, and answers what it says to that.
    mutating func hear(_ message: SyncMessage, at index: Int) -> [SyncMessage] {
        feed(.received(message), to: index).map(\.message)
    }

    /// Opens one of them, and answers what it says.
    mutating func open(_ index: Int) -> [SyncMessage] { feed(.opened, to: index).map(\.message) }

    private mutating func feed(_ event: SyncEvent, to index: Int) -> [(from: Int, message: SyncMessage)] {
        var said: [(from: Int, message: SyncMessage)] = []
        var events = [event]
        while !events.isEmpty {
            for directive in sessions[index].handle(events.removeFirst(), now: Int64(turns.count)) {
                switch directive {
                case .send(let message):
                    if case .syncRequest(let log, _, _) = message { requests.append(log) }
                    said.append((index, message))
                case .summarize: events.append(.summarized(views[index]))
                case .converged: hasConverged[index] = true
                default: break
                }
            }
        }
        return said
    }
}
