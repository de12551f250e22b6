import HiveCore
import HiveSync

/// Carries encoded messages between two replicas until both say that they hold the same, and counts.
struct Conversation {
    private(set) var bytes = 0
    private(set) var messages = 0
    /// How often all messages that were under way in both directions arrived: two are a round trip.
    private(set) var halfTrips = 0
    /// Resident memory at its most, in MiB, looked at after each wave.
    private(set) var peak = 0.0

    var roundTrips: Double { Double((halfTrips + 1) / 2) }

    mutating func run(_ first: BenchReplica, _ second: BenchReplica) throws {
        try first.begin(with: second)
        try second.begin(with: first)
        while true {
            let (there, back) = (first.takeOutgoing(), second.takeOutgoing())
            if there.isEmpty, back.isEmpty { break }
            halfTrips += 1
            try deliver(there, to: second, from: first)
            try deliver(back, to: first, from: second)
            peak = max(peak, ProcessMemory.resident)
        }
        guard first.hasConverged, second.hasConverged else {
            throw Trouble(description: "the replicas stopped talking before they held the same")
        }
    }

    private mutating func deliver(
        _ sent: [SyncMessage], to receiver: BenchReplica, from sender: BenchReplica
    ) throws {
        for message in sent {
            let encoded = message.encoded()
            bytes += encoded.count
            messages += 1
            guard let decoded = try SyncMessage.decode(encoded) else { continue }
            try receiver.feed(.received(decoded), from: sender.replica.identity.node)
        }
    }
}
