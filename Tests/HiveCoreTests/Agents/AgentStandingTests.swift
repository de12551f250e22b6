import HiveCore
import HiveTesting
import Testing

/// What can become of an agent, and that it is the same for everybody.
@Suite struct AgentStandingTests {
    @Test("Every act is allowed or not, as the table says")
    func table() {
        let table: [AgentStanding: [AgentStanding.Act: AgentStanding]] = [
            .active: [.register: .active, .heartbeat: .active, .suspend: .suspended, .retire: .retired],
            .suspended: [.register: .suspended, .heartbeat: .suspended, .resume: .active, .retire: .retired],
            .retired: [.register: .active],
        ]
        for standing in AgentStanding.allCases {
            for act in AgentStanding.Act.allCases { #expect(standing.after(act) == table[standing]?[act]) }
            #expect(Set(standing.allowed) == Set(table[standing]?.keys.map { $0 } ?? []))
        }
    }

    @Test("No run of an agent's own acts lifts a suspension", arguments: 1...50 as ClosedRange<UInt64>)
    func suspension(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var standing = AgentStanding.suspended
        for _ in 0..<40 {
            guard let act = [AgentStanding.Act.register, .heartbeat].randomElement(using: &random) else { continue }
            standing = standing.after(act) ?? standing
            #expect(standing == .suspended)
        }
    }

    @Test("Of decisions that were made at once the strictest holds, in whatever order they are seen")
    func strictest() {
        let all = AgentStanding.allCases
        for one in all {
            for other in all {
                let both = AgentStanding.strictest(of: [one, other])
                #expect(both == AgentStanding.strictest(of: [other, one]))
                #expect(AgentStanding.strictest(of: [one, other, one]) == both)
                if one == .retired || other == .retired { #expect(both == .retired) }
                for third in all {
                    let grouped = [both, third].compactMap(\.self)
                    #expect(AgentStanding.strictest(of: grouped) == .strictest(of: [one, other, third]))
                }
            }
        }
        #expect(AgentStanding.strictest(of: []) == nil)
    }

    @Test("Silence makes an active agent idle, and changes nothing else")
    func states() {
        #expect(AgentState(.active, isHeard: true) == .active)
        #expect(AgentState(.active, isHeard: false) == .idle)
        for isHeard in [true, false] {
            #expect(AgentState(.suspended, isHeard: isHeard) == .suspended)
            #expect(AgentState(.retired, isHeard: isHeard) == .retired)
        }
    }

    @Test("A heartbeat comes back from its bytes; damaged ones are none, or another")
    func pulses() {
        var random = SeededRandom(seed: 5)
        for pulse in [
            AgentPulse(), AgentPulse(load: 0.25, status: "building", task: "4f2a", running: 3), AgentPulse(load: 1),
        ] {
            let bytes = pulse.encoded()
            #expect(AgentPulse(decoding: bytes) == pulse)
            for _ in 0..<200 {
                var damaged = bytes
                damaged[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                let read = AgentPulse(decoding: damaged)
                #expect(read?.load.map { (0...1).contains($0) } ?? true)
                #expect(read?.running.map { $0 >= 0 } ?? true)
            }
        }
        let later = CBORValue.array([.null, .text("x"), .null, .null, .text("a field of a later version")])
        #expect(AgentPulse(decoding: later.encoded()) == AgentPulse(status: "x"))
    }
}
