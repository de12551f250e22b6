import HiveAPI
import ServiceLifecycle

/// Events as lines of `text/event-stream` (Server-Sent Events), with a sign of life where there is nothing to tell.
/// Ends when the node stops.
struct EventLines: AsyncSequence, Sendable {
    /// How long a stream may be silent.
    static let heartbeat = Duration.seconds(15)
    private static let sign = Array(": still here\n\n".utf8)

    let listener: EventListener

    func makeAsyncIterator() -> Iterator { Iterator(listener: listener) }

    struct Iterator: AsyncIteratorProtocol {
        let listener: EventListener
        private var isOpen = false

        init(listener: EventListener) { self.listener = listener }

        private enum Turn: Sendable {
            case event(HiveEvent?)
            case silence
            case end
        }

        mutating func next() async throws -> [UInt8]? {
            guard isOpen else {
                // So that the caller has the head of the answer at once.
                isOpen = true
                return EventLines.sign
            }
            switch await turn() {
            case .event(let event?): return EventLines.lines(event)
            case .silence: return EventLines.sign
            case .event(nil), .end: return nil
            }
        }

        /// What comes first: an event, the time for a sign of life, or the end of the node. An event that came together
        /// with another end is not lost.
        private func turn() async -> Turn {
            let listener = listener
            return await withTaskGroup(of: Turn.self) { group in
                group.addTask { .event(await listener.next()) }
                group.addTask {
                    do { try await Task.sleep(for: EventLines.heartbeat) } catch { return .silence }
                    return .silence
                }
                group.addTask {
                    do { try await gracefulShutdown() } catch { return .silence }
                    return .end
                }
                let first = await group.next() ?? .end
                group.cancelAll()
                for await other in group {
                    if case .event(_?) = other, case .event = first { continue }
                    if case .event(_?) = other { return other }
                }
                return first
            }
        }
    }

    private static func lines(_ event: HiveEvent) -> [UInt8] {
        Array("id: \(event.id)\nevent: \(event.type)\ndata: \(event.json.text)\n\n".utf8)
    }
}
