import HiveCore
import HiveSync
import Synchronization

extension PeerTransportContract {
    func bothSidesKnowTheOther() async throws {
        try await withPair { pair in
            try Self.expect(pair.dialling.peerKey == pair.listener.key, "the dialling side names another key")
            try Self.expect(pair.accepted.peerKey == pair.dialler.key, "the accepting side names another key")
            try Self.expect(!pair.accepted.remoteAddress.isEmpty, "the accepting side cannot say who called from where")
        }
    }

    func lanesKeepOrder() async throws {
        try await withPair { pair in
            let each = 100
            for number in 0..<each {
                for lane in Lane.allCases {
                    try await pair.dialling.send([lane.rawValue, UInt8(number)], lane: lane)
                }
            }
            var expected = [UInt8](repeating: 0, count: Lane.allCases.count)
            try await Self.read(each * Lane.allCases.count, from: pair.accepted) { message in
                guard message.count == 2, Int(message[0]) < expected.count else {
                    throw ContractViolation("a message of 2 bytes became \(message)")
                }
                let due = expected[Int(message[0])]
                try Self.expect(message[1] == due, "lane \(message[0]): number \(message[1]) came instead of \(due)")
                expected[Int(message[0])] += 1
            }
        }
    }

    func largeMessagesArriveWhole() async throws {
        try await withPair { pair in
            try await pair.dialling.send([1], lane: .control)
            let sizes = [16_000, 16_378, 16_379, 16_380, 16_384, 32_758, 65_536, 1 << 20, (5 << 20) + 7]
            async let sent: Void = {
                for size in sizes { try await pair.dialling.send(Self.pattern(size), lane: .bulk) }
            }()
            var received: [[UInt8]] = []
            try await Self.read(sizes.count + 1, from: pair.accepted) { received.append($0) }
            try await sent
            try Self.expect(received.first == [1], "the first message did not come first")
            for (message, size) in zip(received.dropFirst(), sizes) {
                try Self.expect(message == Self.pattern(size), "a message of \(size) bytes arrived changed")
            }
        }
    }

    func manySmallMessagesArrive() async throws {
        try await withPair { pair in
            let count = 1000
            async let sent: Void = {
                for number in 0..<count { try await pair.accepted.send(Self.bytes(of: number), lane: .live) }
            }()
            var number = 0
            try await Self.read(count, from: pair.dialling) { message in
                try Self.expect(message == Self.bytes(of: number), "message \(number) arrived as \(message)")
                number += 1
            }
            try await sent
        }
    }

    func emptyMessagesArrive() async throws {
        try await withPair { pair in
            for lane in Lane.allCases { try await pair.dialling.send([], lane: lane) }
            try await Self.read(Lane.allCases.count, from: pair.accepted) { message in
                try Self.expect(message.isEmpty, "an empty message became \(message)")
            }
        }
    }

    func bothDirectionsAtOnce() async throws {
        try await withPair { pair in
            let message = Self.pattern(100_000)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (from, to) in [(pair.dialling, pair.accepted), (pair.accepted, pair.dialling)] {
                    group.addTask { for _ in 0..<50 { try await from.send(message, lane: .bulk) } }
                    group.addTask {
                        try await Self.read(50, from: to) { found in
                            try Self.expect(found == message, "a message changed while both sides were sending")
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    /// The emergency is sent right after a bulk message that takes far longer to go out. A machine under load may stop
    /// the sender for that long in between, hence a few attempts; where lanes do not overtake, none succeeds.
    func emergencyOvertakesBulk() async throws {
        try await withPair { pair in
            try await pair.dialling.send([1], lane: .control)
            try await Self.read(1, from: pair.accepted) { _ in }
            let bulk = Self.pattern(24 << 20)
            for _ in 0..<5 {
                try await pair.dialling.send(bulk, lane: .bulk)
                try await pair.dialling.send([7], lane: .emergency)
                var order: [Int] = []
                try await Self.read(2, from: pair.accepted) { order.append($0.count) }
                try Self.expect(order.sorted() == [1, bulk.count], "messages of \(order) bytes arrived")
                if order.first == 1 { return }
            }
            throw ContractViolation("an emergency always waits for the bulk message before it")
        }
    }

    /// Nobody reads: senders must be stopped before the process is full of messages.
    func fullLaneMakesSendersWait() async throws {
        try await withPair { pair in
            let count = 64
            let taken = Tally()
            let message = Self.pattern(1 << 20)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for _ in 0..<count {
                        try await pair.dialling.send(message, lane: .bulk)
                        taken.increment()
                    }
                }
                try await pair.dialling.send([1], lane: .control)
                for _ in 0..<500 {
                    try await pair.accepted.send([2], lane: .control)
                    try await Self.read(1, from: pair.dialling) { _ in }
                }
                let before = taken.count
                try Self.expect(before < count, "\(before) MiB were taken although nobody reads")
                try await Self.read(count + 1, from: pair.accepted) { _ in }
                try await group.waitForAll()
            }
        }
    }

    func cancelledSendIsNotSent() async throws {
        try await withPair { pair in
            let message = Self.pattern(1 << 20)
            let sent = try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask {
                    var sent = 0
                    while !Task.isCancelled {
                        do { try await pair.dialling.send(message, lane: .bulk) } catch is CancellationError { break }
                        sent += 1
                    }
                    return sent
                }
                try await pair.accepted.send([1], lane: .control)
                try await Self.read(1, from: pair.dialling) { _ in }
                group.cancelAll()
                return try await group.next() ?? 0
            }
            async let last: Void = pair.dialling.send([9], lane: .bulk)
            var bulk = 0
            for try await found in pair.accepted.messages {
                if found == [9] { break }
                bulk += 1
            }
            try await last
            try Self.expect(bulk == sent, "\(sent) messages were taken and \(bulk) arrived")
        }
    }

    // MARK: - What checks need

    static func expect(_ condition: Bool, _ complaint: @autoclosure () -> String) throws {
        guard condition else { throw ContractViolation(complaint()) }
    }

    /// Hears exactly `count` messages.
    static func read(
        _ count: Int, from connection: any PeerConnection, _ body: ([UInt8]) throws -> Void
    ) async throws {
        var iterator = connection.messages.makeAsyncIterator()
        for number in 0..<count {
            guard let message = try await iterator.next() else {
                throw ContractViolation("the messages ended after \(number) of \(count)")
            }
            try body(message)
        }
    }

    /// Bytes that differ from place to place.
    static func pattern(_ size: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            for index in 0..<size { buffer[index] = UInt8(truncatingIfNeeded: index &* 31 &+ index >> 8) }
            count = size
        }
    }

    private static func bytes(of number: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number)]
    }
}

/// Counts across tasks.
private final class Tally: Sendable {
    private let value = Mutex(0)

    var count: Int { value.withLock { $0 } }

    func increment() { value.withLock { $0 += 1 } }
}
