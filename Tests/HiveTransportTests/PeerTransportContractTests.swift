import HiveCore
import HiveSync
import HiveTesting
import HiveTransport
import Testing

@Suite("PeerTransport contract", .timeLimit(.minutes(2)))
struct PeerTransportContractTests {
    private static let loopback = PeerAddress(host: "127.0.0.1", port: 0)

    @Test("TLSPeerTransport keeps its contract", arguments: PeerTransportContract.Check.allCases)
    func overTLS(_ check: PeerTransportContract.Check) async throws {
        let contract = PeerTransportContract(address: Self.loopback) {
            let signer = Ed25519Signer.generate()
            return PeerTransportContract.Node(key: signer.publicKey, transport: try TLSPeerTransport(signer: signer))
        }
        try await contract.verify(check)
    }

    @Test("InMemoryTransport keeps its contract", arguments: PeerTransportContract.Check.allCases)
    func inMemory(_ check: PeerTransportContract.Check) async throws {
        let hub = InMemoryHub()
        let contract = PeerTransportContract(address: Self.loopback) {
            let key = Ed25519Signer.generate().publicKey
            return PeerTransportContract.Node(key: key, transport: InMemoryTransport(key: key, hub: hub))
        }
        try await contract.verify(check)
    }
}
