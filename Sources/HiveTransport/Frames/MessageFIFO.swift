/// Messages in the order in which they came; both ends take constant time.
struct MessageFIFO: Sendable {
    private var messages: [[UInt8]] = []
    private var head = 0

    var isEmpty: Bool { head == messages.count }
    var first: [UInt8]? { isEmpty ? nil : messages[head] }

    mutating func append(_ message: [UInt8]) { messages.append(message) }

    @discardableResult
    mutating func removeFirst() -> [UInt8]? {
        guard let message = first else { return nil }
        messages[head] = []
        head += 1
        if head == messages.count {
            messages.removeAll(keepingCapacity: messages.count <= Self.compactAt)
            head = 0
        } else if head > Self.compactAt, head * 2 > messages.count {
            messages.removeFirst(head)
            head = 0
        }
        return message
    }

    private static let compactAt = 64
}
