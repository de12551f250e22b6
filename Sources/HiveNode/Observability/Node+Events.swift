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

    /// What is told of a document that is no memory; nil for one that nobody is told of.
    func story(of address: DocumentAddress) -> EventAnnouncer.Story? {
        do { return try taskStory(of: address) ?? trafficStory(of: address) } catch {
            logger.warning("an event could not be made: \(error)")
            return nil
        }
    }
}
