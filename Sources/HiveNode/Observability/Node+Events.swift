public import HiveAPI
import HiveCore
import Logging

extension Node: EventService {
    /// Whoever may not read all scopes hears of those that it may.
    public func listen(topics: [String], after: String?) -> EventListener {
        let permit = Access.current.permit
        return announcer.events.listen(topics: topics, after: after) { permit.mayHear($0) }
    }

    /// Tells listeners of something that no document shows. The type is a topic and what happened, joined by a dot.
    func announce(_ type: String, _ data: JSONValue = .null) { announcer.announce(type, data) }

    /// What is told of documents that are no memories. Those that nobody is told of are left out.
    func stories(of addresses: [DocumentAddress]) -> [DocumentAddress: EventAnnouncer.Story] {
        do {
            return try Access.$current.withValue(.own) {
                try kernel.consult { replica, transaction in
                    let view = try TaskView(&replica, transaction, now: kernel.surroundings.now())
                    var stories: [DocumentAddress: EventAnnouncer.Story] = [:]
                    for address in addresses {
                        guard let state = try transaction.documents.state(address) else { continue }
                        stories[address] = try view.task(state).map(taskStory) ?? trafficStory(of: state)
                    }
                    return stories
                }
            }
        } catch {
            logger.warning("events could not be made: \(error)")
            return [:]
        }
    }
}
