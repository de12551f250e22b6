extension Episode {
    /// Something that happened within an episode.
    public struct Event: Sendable, Hashable {
        public let text: String
        public let at: Timestamp
        /// Whatever else is known, in the author's own shape.
        public let data: CBORValue?
        /// Who says so, as claimed.
        public let agent: String?
        /// The operation that brought it; nil before it is written.
        public let dot: Dot?

        public init(
            _ text: String, at: Timestamp, data: CBORValue? = nil, agent: String? = nil, dot: Dot? = nil
        ) {
            self.text = text
            self.at = at
            self.data = data
            self.agent = agent
            self.dot = dot
        }

        /// The CBOR array `[text, milliseconds, data or null, agent or null]`.
        public var value: CBORValue {
            .array([.text(text), .integer(at.milliseconds), data ?? .null, agent.map(CBORValue.text) ?? .null])
        }

        /// An entry of the list; one that is a text alone happened when it was written. Nil for anything else.
        init?(_ entry: ListEntry) {
            if let text = entry.value.text {
                self.init(text, at: Timestamp(milliseconds: Int64(entry.stamp.milliseconds)), dot: entry.dot)
                return
            }
            guard let parts = entry.value.array, parts.count >= 4, let text = parts[0].text, let at = parts[1].integer
            else { return nil }
            self.init(
                text, at: Timestamp(milliseconds: at), data: parts[2] == .null ? nil : parts[2],
                agent: parts[3].text, dot: entry.dot)
        }

        /// The events of a document by the time they happened, then as they were written. The same event that came by
        /// two ways, as where two nodes promoted one episode, is one.
        static func all(in state: DocumentState) -> [Event] {
            guard case .list(let entries)? = state[EngramField.events] else { return [] }
            var seen: Set<CBORValue> = []
            let events = entries.filter { $0.value.text != nil || seen.insert($0.value).inserted }
                .compactMap(Event.init)
            return events.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
                .map(\.element)
        }
    }
}
