import HiveCore
import Testing

/// Whom messages are for.
@Suite struct MessageTargetTests {
    private let nodes = [NodeID(.sha256([1])), NodeID(.sha256([2]))]

    @Test("Every target comes back from its value; a later one is passed over")
    func values() {
        let targets: [MessageTarget] = [
            .agent("ava", nodes[0]), .role("builder"), .capability("planning"), .everybody,
        ]
        for target in targets { #expect(MessageTarget(target.value) == target) }
        let foreign: [CBORValue] = [
            .null, .array([]), .array([.text("agent"), .text("ava")]), .array([.text("moon"), .text("x")]),
            .array([.text("agent"), .text("ava"), .bytes([1])]), .text("all"),
        ]
        for value in foreign { #expect(MessageTarget(value) == nil) }
    }

    @Test("A name on another node is another agent")
    func readers() {
        let reader = MessageReader(name: "ava", node: nodes[0], role: "builder", capabilities: ["planning"])
        #expect(MessageTarget.agent("ava", nodes[0]).includes(reader))
        #expect(!MessageTarget.agent("ava", nodes[1]).includes(reader))
        #expect(!MessageTarget.agent("bo", nodes[0]).includes(reader))
        #expect(MessageTarget.role("builder").includes(reader))
        #expect(!MessageTarget.role("reviewer").includes(reader))
        #expect(MessageTarget.capability("planning").includes(reader))
        #expect(!MessageTarget.capability("plan").includes(reader))
        #expect(MessageTarget.everybody.includes(reader))
    }
}
