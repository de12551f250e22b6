import HiveAPI
import Testing

@testable import HiveServer

@Suite struct TokenAuthorityTests {
    @Test("A token stands for its role, everything else for nobody")
    func roles() throws {
        let authority = Interface.authority
        #expect(try authority.credential(for: Interface.agentToken)?.role == .agent)
        #expect(try authority.credential(for: Interface.operatorToken)?.role == .operator)
        for other in ["", "agent-secre", "agent-secret ", "AGENT-SECRET", "agent-secretx"] {
            #expect(try authority.credential(for: other) == nil, "\(other)")
        }
        #expect(try TokenAuthority(agents: [], operators: []).credential(for: "") == nil)
    }
}
