import HiveCore

/// Two replicas that each wrote alone, brought together.
struct Heal {
    let folder: String
    let count: Int

    func run() throws -> [String: Double] {
        let (first, second, scope) = try BenchReplica.pair(folder: folder)
        var law = Conversation()
        try law.run(first, second)
        try first.fill(count, in: scope)
        try second.fill(count, in: scope)
        var conversation = Conversation()
        let duration = try ContinuousClock().measure { try conversation.run(first, second) }
        guard try first.operations() == second.operations() else { throw Trouble(description: "they differ") }
        return [
            "seconds": duration / .seconds(1), "bytes": Double(conversation.bytes),
            "messages": Double(conversation.messages), "roundTrips": conversation.roundTrips,
        ]
    }
}

/// Two replicas that hold the same but for a few operations, or exactly the same.
struct Reconnect {
    let folder: String
    let count: Int
    let missing: Int

    func run() throws -> [String: Double] {
        let (first, second, scope) = try BenchReplica.pair(folder: folder)
        var before = Conversation()
        try first.fill(count, in: scope)
        try before.run(first, second)
        if missing > 0 { try first.fill(missing, in: scope) }
        var conversation = Conversation()
        let duration = try ContinuousClock().measure { try conversation.run(first, second) }
        return [
            "seconds": duration / .seconds(1), "bytes": Double(conversation.bytes),
            "messages": Double(conversation.messages), "roundTrips": conversation.roundTrips,
        ]
    }
}
