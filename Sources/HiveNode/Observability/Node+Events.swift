public import HiveAPI
import HiveCore
import Logging

extension Node: EventService {
    /// Everything that happens from now on, of the topics asked for; all where none is named. A follower that is too
    /// slow loses the oldest events, which their numbers show.
    public func events(topics: [String]) -> AsyncStream<HiveEvent> {
        let (wanted, permit) = (Set(topics), Access.current.permit)
        return AsyncStream(bufferingPolicy: .bufferingNewest(1000)) { continuation in
            let number = kernel.follow { [self] change in
                for event in events(of: change)
                where (wanted.isEmpty || wanted.contains(event.topic)) && permit.mayHear(event) {
                    continuation.yield(event)
                }
            }
            let soft = sync.soft.follow { [self] keys in
                guard wanted.isEmpty || wanted.contains("agent") else { return }
                for event in presenceEvents(keys) { continuation.yield(event) }
            }
            continuation.onTermination = { [kernel, sync] _ in
                kernel.stopFollowing(number)
                sync.soft.stopFollowing(soft)
            }
        }
    }

    private func events(of change: NodeChange) -> [HiveEvent] {
        let time = kernel.surroundings.now().rfc3339
        var events: [HiveEvent] = []
        for address in change.documents.sorted() {
            guard
                let event = memoryEvent(address, time: time) ?? taskEvent(address, time: time)
                    ?? trafficEvent(address, time: time)
            else { continue }
            events.append(event)
        }
        if change.rules {
            events.append(
                HiveEvent(id: nextEventID(), type: "rules.changed", time: time, data: ["sets": .string(lawBook.label)]))
        }
        if !change.law.isEmpty {
            events.append(
                HiveEvent(
                    id: nextEventID(), type: "members.changed", time: time,
                    data: ["scopes": .array(change.law.sorted().map { .string($0.description) })]))
        }
        return events
    }

    private func memoryEvent(_ address: DocumentAddress, time: String) -> HiveEvent? {
        do {
            guard let state = try kernel.read({ try $0.documents.state(address) }), EngramKind(state.kind) != nil else {
                return nil
            }
            let type = state.isErased ? "memory.erased" : state.isForgotten ? "memory.forgotten" : "memory.changed"
            return HiveEvent(
                id: nextEventID(), type: type, time: time,
                data: [
                    "id": .string(address.document.description), "contested": .bool(state.isContested),
                    "scope": try kernel.consult { try $0.founding(of: address.scope, in: $1) }
                        .map { .string($0.name.description) } ?? .null,
                ])
        } catch {
            logger.warning("an event could not be made: \(error)")
            return nil
        }
    }

    func nextEventID() -> String {
        counters.add(to: "events")
        return String(Int(counters["events"]))
    }
}
