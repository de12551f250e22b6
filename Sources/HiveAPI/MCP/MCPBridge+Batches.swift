extension MCPBridge {
    /// Messages that came together and are answered together: the revision 2025-03-26 has that.
    struct Batch: Sendable {
        var open: Int
        var answers: [JSONValue] = []
    }

    static let batchingRevision = "2025-03-26"
    static let largestBatch = 64

    mutating func batch(_ messages: [JSONValue]) -> [Directive] {
        guard client.revision == Self.batchingRevision, (1...Self.largestBatch).contains(messages.count) else {
            let error = HiveError(
                .invalidInput, "a message must be one object",
                hint: "batches of 1 to \(Self.largestBatch) belong to the revision \(Self.batchingRevision) alone")
            return [.tell(Self.failure(.null, code: -32600, error))]
        }
        let number = nextNumber()
        // One more, so that the batch is not finished before all of it was read.
        batches[number] = Batch(open: 1 + messages.count(where: Self.isAnswered))
        let directives = messages.flatMap { message($0, batch: number) }
        return directives + finish(number)
    }

    /// Whether a message gets an answer: requests do, and what is no message at all.
    private static func isAnswered(_ message: JSONValue) -> Bool {
        if message["method"]?.string != nil { return message["id"] != nil }
        return message["result"] == nil && message["error"] == nil
    }

    /// To the client, or to the others of its batch.
    mutating func tell(_ message: JSONValue, _ batch: Int?) -> [Directive] {
        guard let batch, batches[batch] != nil else { return [.tell(message)] }
        batches[batch]?.answers.append(message)
        return finish(batch)
    }

    /// One message of a batch is done with.
    mutating func finish(_ number: Int) -> [Directive] {
        guard var batch = batches[number] else { return [] }
        batch.open -= 1
        batches[number] = batch
        guard batch.open <= 0 else { return [] }
        batches[number] = nil
        return batch.answers.isEmpty ? [] : [.tell(.array(batch.answers))]
    }
}
