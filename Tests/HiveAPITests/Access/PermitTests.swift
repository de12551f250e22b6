import HiveAPI
import Testing

@Suite struct PermitTests {
    private static let limited = Permit(scopes: ["agent:ava"], readScopes: ["collective:main"], agent: "ava")

    @Test(
        "What may be written may be read; what may be read need not be written",
        arguments: [
            (Permit.everything, "instance", true, true), (.nothing, "instance", false, false),
            (limited, "agent:ava", true, true), (limited, "collective:main", true, false),
            (limited, "agent:bo", false, false), (limited, "universal", false, false),
        ])
    func scopes(permit: Permit, scope: String, mayRead: Bool, mayWrite: Bool) {
        #expect(permit.mayRead(scope) == mayRead)
        #expect(permit.mayWrite(scope) == mayWrite)
        if mayWrite {
            #expect(throws: Never.self) { try permit.demandWriting(scope) }
        } else {
            #expect(throws: HiveError(.forbidden, "")) { try permit.demandWriting(scope) }
        }
    }

    @Test("A bound permit acts as its agent or as nobody")
    func agents() throws {
        try Self.limited.demand(agent: "ava")
        try Self.limited.demand(agent: nil)
        try Permit.everything.demand(agent: "anybody")
        #expect(throws: HiveError(.forbidden, "")) { try Self.limited.demand(agent: "bo") }
        let credential = Credential(id: "t", name: "t", role: .agent, permit: Self.limited)
        #expect(try credential.caller(agent: nil).agent == "ava")
        #expect(throws: HiveError(.forbidden, "")) { try credential.caller(agent: "bo") }
    }

    @Test(
        "A token's request is refused where it makes no sense",
        arguments: [
            CreateToken(name: ""), CreateToken(name: "a\nb"), CreateToken(name: String(repeating: "x", count: 65)),
            CreateToken(name: "a", role: "king"), CreateToken(name: "a", role: "operator", scopes: ["instance"]),
            CreateToken(name: "a", role: "operator", agent: "ava"), CreateToken(name: "a", agent: ""),
            CreateToken(name: "a", expiresIn: 0), CreateToken(name: "a", expiresIn: .max),
            CreateToken(name: "a", readScopes: Array(repeating: "instance", count: 101)),
        ])
    func nonsense(request: CreateToken) {
        #expect(throws: HiveError.self) { try request.checkLimits() }
    }

    @Test("Reading alone limits writing to nothing")
    func readOnly() {
        let permit = CreateToken(name: "a", readScopes: ["universal"]).permit
        #expect(permit.mayRead("universal") && !permit.mayWrite("universal") && !permit.mayRead("instance"))
        #expect(CreateToken(name: "a").permit == .everything)
        #expect(CreateToken(name: "a", scopes: []).permit == .nothing)
    }

    @Test(
        "Of events in scopes that are out of reach nothing is heard, nor of those that name no scope",
        arguments: [
            ("memory.changed", ["scope": "agent:ava"], true), ("memory.changed", ["scope": "collective:main"], true),
            ("memory.changed", ["scope": "agent:bo"], false), ("memory.changed", [:], false),
            ("members.changed", ["scopes": ["agent:bo"]], false), ("peer.connected", .null, false),
            ("rules.changed", ["sets": "main"], true), ("gap", .null, true),
        ] as [(String, JSONValue, Bool)])
    func events(type: String, data: JSONValue, isHeard: Bool) {
        let event = HiveEvent(id: "1", type: type, time: "", data: data)
        #expect(Self.limited.mayHear(event) == isHeard)
        #expect(Permit.everything.mayHear(event))
    }

    @Test("What is known of a request reaches all that is called for it, and nothing else")
    func current() async {
        #expect(Access.current == .own)
        await Access.$current.withValue(.unknown) {
            #expect(Access.current.permit == .nothing)
            await withTaskGroup(of: Bool.self) { group in
                group.addTask { Access.current == .unknown }
                for await isKnown in group { #expect(isKnown) }
            }
        }
        #expect(Access.current == .own)
    }
}
