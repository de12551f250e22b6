import Foundation
import HiveAPI
import HiveCore
import NIOCore
import NIOSSL
import SwiftASN1
import Testing
import X509

@testable import HiveServer

@Suite struct TLSServerTests {
    /// A folder with a certificate that a node made for itself.
    private final class CertificateFiles: Sendable {
        let folder: String
        var certificate: String { folder + "/certificate.pem" }
        var key: String { folder + "/key.pem" }

        init(hosts: [String] = [], at time: Timestamp? = nil) throws {
            folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try make(hosts: hosts, at: time)
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        func make(hosts: [String] = [], at time: Timestamp? = nil) throws {
            let now = time ?? Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
            let made = try SelfMadeCertificate(hosts: hosts, name: "box", now: now)
            try made.certificatePEM.write(toFile: certificate, atomically: true, encoding: .utf8)
            try made.keyPEM.write(toFile: key, atomically: true, encoding: .utf8)
        }

        func identity() throws -> ServerIdentity { try ServerIdentity(certificate: certificate, key: key) }
    }

    private func client(_ server: LiveServer.Running, trusting file: String?) -> HiveClient {
        HiveClient(
            NodeLocation(
                api: server.addresses.apiURL, mcp: server.addresses.mcpURL, token: Interface.operatorToken,
                certificates: file), timeoutSeconds: 20)
    }

    @Test(
        "REST and MCP are spoken by TLS with a client that knows the certificate, and with no other",
        .timeLimit(.minutes(1)))
    func exchange() async throws {
        let files = try CertificateFiles()
        let identity = try files.identity()
        try await LiveServer.run(adjust: { $0.identity = identity }) { server in
            #expect(server.addresses.apiURL.hasPrefix("https://127.0.0.1:"))
            let client = client(server, trusting: files.certificate)
            #expect(try await client.status(as: .operator).name == "alpha")
            _ = try await client.store(StoreMemory(content: "by TLS"), as: .operator)
            let (lines, line) = AsyncStream.makeStream(of: String.self)
            let run = MCPBridgeRun(
                agent: nil, send: { line.yield($0.text) },
                exchange: { request, receive in try await client.exchange(request, receive: receive) })
            await run.run(
                AsyncStream {
                    $0.yield(#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#); $0.finish()
                })
            line.finish()
            let answers = await lines.reduce(into: []) { $0.append($1) }
            #expect(answers.contains { $0.contains("store_memory") })
            let stranger = try CertificateFiles()
            for file in [nil, stranger.certificate] {
                await #expect(throws: HiveError(.unreachable, "")) {
                    try await self.client(server, trusting: file).status(as: .operator)
                }
            }
        }
    }

    @Test("Who speaks in the clear to a port with TLS hears nothing, and others are served", .timeLimit(.minutes(1)))
    func plainText() async throws {
        let files = try CertificateFiles()
        let identity = try files.identity()
        try await LiveServer.run(adjust: { $0.identity = identity }) { server in
            let answer = try await RawClient.say(
                "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n", to: server.addresses.api)
            #expect(!answer.text.contains("HTTP/1.1"))
            #expect(await client(server, trusting: files.certificate).health().status == .ok)
        }
    }

    @Test("Refusals come by TLS as well, whole", .timeLimit(.minutes(1)))
    func refusal() async throws {
        let files = try CertificateFiles()
        let identity = try files.identity()
        try await LiveServer.run(adjust: { $0.identity = identity }) { server in
            let channel = try await RawClient.connect(server.addresses.api, trusting: files.certificate)
            let answer = try await channel.executeThenClose { input, output in
                try await output.write(ByteBuffer(string: "BREW / HTTP/1.1\r\n\r\n"))
                return try await RawClient.hear(input)
            }
            #expect(answer.status == 501 && answer.body.contains("unknown_method"))
        }
    }

    @Test("Where tokens come from is told with addresses of TLS", .timeLimit(.minutes(1)))
    func metadata() async throws {
        let files = try CertificateFiles()
        let identity = try files.identity()
        let authorization = MCPAuthorization(servers: ["https://login.example"])
        try await LiveServer.run(adjust: { ($0.identity, $0.authorization) = (identity, authorization) }) { server in
            for token in ["", "Authorization: Bearer stale\r\n"] {
                let channel = try await RawClient.connect(server.addresses.mcp, trusting: files.certificate)
                let answer = try await channel.executeThenClose { input, output in
                    let head = "POST /mcp HTTP/1.1\r\nHost: localhost\r\n\(token)Content-Length: 0\r\n"
                    try await output.write(ByteBuffer(string: head + "Connection: close\r\n\r\n"))
                    return try await RawClient.hear(input)
                }
                #expect(answer.status == 401)
                #expect(answer.header("WWW-Authenticate")?.contains("resource_metadata=\"https://localhost/") == true)
            }
            let channel = try await RawClient.connect(server.addresses.mcp, trusting: files.certificate)
            let answer = try await channel.executeThenClose { input, output in
                let head = "GET /.well-known/oauth-protected-resource HTTP/1.1\r\nHost: localhost\r\n"
                try await output.write(ByteBuffer(string: head + "Connection: close\r\n\r\n"))
                return try await RawClient.hear(input)
            }
            #expect(answer.body.contains("\"https://localhost/mcp\""))
        }
    }

    @Test(
        "A certificate is read again while the server goes on; a broken one leaves the former", .timeLimit(.minutes(1)))
    func reloading() async throws {
        let files = try CertificateFiles()
        let identity = try files.identity()
        let first = identity.fingerprint
        let copy = files.folder + "/first.pem"
        try FileManager.default.copyItem(atPath: files.certificate, toPath: copy)
        try await LiveServer.run(adjust: { $0.identity = identity }) { server in
            #expect(await client(server, trusting: copy).health().status == .ok)
            try files.make()
            try identity.reload()
            #expect(identity.fingerprint != first && identity.fingerprint.count == 64)
            let second = files.folder + "/second.pem"
            try FileManager.default.copyItem(atPath: files.certificate, toPath: second)
            #expect(await client(server, trusting: second).health().status == .ok)
            try "nothing".write(toFile: files.certificate, atomically: true, encoding: .utf8)
            #expect(throws: HiveError(.invalidInput, "")) { try identity.reload() }
            let third = files.folder + "/third.pem"
            try FileManager.default.copyItem(atPath: second, toPath: third)
            #expect(await client(server, trusting: third).health().status == .ok)
        }
    }

    @Test("Beyond this machine nothing is opened without a certificate, and with one it is", .timeLimit(.minutes(1)))
    func beyondLoopback() async throws {
        let files = try CertificateFiles()
        let identity = try files.identity()
        let open = ListenAddress(host: "0.0.0.0", port: 0)
        try await LiveServer.run(adjust: { ($0.api, $0.identity) = (open, identity) }) { server in
            #expect(server.addresses.apiURL.hasPrefix("https://127.0.0.1:"))
            #expect(await client(server, trusting: files.certificate).health().status == .ok)
        }
        await #expect(throws: HiveError(.forbidden, "")) {
            try await LiveServer.run(adjust: { $0.api = open }) { _ in Issue.record("it was opened") }
        }
        await #expect(throws: HiveError(.forbidden, "")) {
            try await LiveServer.run(adjust: { $0.mcp = open }) { _ in Issue.record("it was opened") }
        }
    }

    @Test("On this machine a self-made certificate is trusted alone, beside no authority")
    func trust() throws {
        let files = try CertificateFiles()
        let trusted = try NIOSSLCertificate.fromPEMFile(files.certificate)
        let local = try HTTPClients.configuration(trusting: files.certificate, isLocal: true)
        #expect(local.trustRoots == .certificates(trusted) && local.additionalTrustRoots.isEmpty)
        let remote = try HTTPClients.configuration(trusting: files.certificate, isLocal: false)
        #expect(remote.certificateVerification == .fullVerification)
        #expect(throws: HiveError(.invalidInput, "")) {
            try HTTPClients.configuration(trusting: files.key, isLocal: true)
        }
    }

    @Test("A self-made certificate is no authority: what its key signs counts nowhere")
    func noAuthority() throws {
        let files = try CertificateFiles()
        let text = try String(contentsOfFile: files.certificate, encoding: .utf8)
        let certificate = try Certificate(pemEncoded: text)
        #expect(try certificate.extensions.basicConstraints == .notCertificateAuthority)
    }

    @Test("A self-made certificate stands for its hosts and has an end")
    func selfMade() throws {
        let now = Timestamp(milliseconds: 1_795_248_000_000)
        let files = try CertificateFiles(
            hosts: ["box.example", "192.0.2.1", "[2001:db8::1]", "localhost", ""], at: now)
        let identity = try files.identity()
        #expect(identity.expires == now.advanced(bySeconds: SelfMadeCertificate.lifetime))
        #expect(RemoteAddress.bytes(of: "192.0.2.1") == [192, 0, 2, 1])
        #expect(RemoteAddress.bytes(of: "box.example") == nil)
        #expect(throws: HiveError(.invalidInput, "")) {
            try ServerIdentity(certificate: files.certificate, key: files.certificate)
        }
        #expect(throws: HiveError(.invalidInput, "")) {
            try ServerIdentity(certificate: files.folder + "/none.pem", key: files.key)
        }
        let other = try CertificateFiles()
        #expect(throws: HiveError(.invalidInput, "")) {
            try ServerIdentity(certificate: files.certificate, key: other.key)
        }
    }
}
