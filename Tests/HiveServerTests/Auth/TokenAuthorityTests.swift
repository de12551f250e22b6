import HiveAPI
import Testing

@testable import HiveServer

@Suite struct TokenAuthorityTests {
    @Test("A token stands for its role, everything else for nobody")
    func roles() {
        let authority = Interface.authority
        #expect(authority.role(of: Interface.agentToken) == .agent)
        #expect(authority.role(of: Interface.operatorToken) == .operator)
        for other in ["", "agent-secre", "agent-secret ", "AGENT-SECRET", "agent-secretx"] {
            #expect(authority.role(of: other) == nil, "\(other)")
        }
        #expect(TokenAuthority(agents: [], operators: []).role(of: "") == nil)
    }
}
