import Foundation
import HiveAPI
import HiveCore
import HiveServer
import HiveStore
import Logging
import ServiceLifecycle
import UnixSignals

/// The certificate of a node's listeners: the operator's, or one that the node makes and renews itself.
struct ListenerCertificate: Sendable {
    let identity: ServerIdentity
    private let selfMade: SelfMade?

    /// The files of a certificate that the node made.
    private struct SelfMade: Sendable {
        let directory: String
        let hosts: [String]
        let name: String
        let now: @Sendable () -> Timestamp

        var certificate: String { directory + "/certificate.pem" }
        var key: String { directory + "/key.pem" }
        /// For which hosts it was made.
        private var list: String { directory + "/hosts" }

        var isForTheseHosts: Bool {
            FileManager.default.contents(atPath: list).map { String(decoding: $0, as: UTF8.self) } == text
        }

        private var text: String { hosts.map { $0 + "\n" }.joined() }

        /// The list goes last: as long as it is missing, a crash has the next start make both files anew.
        func make() throws {
            let made = try SelfMadeCertificate(hosts: hosts, name: name, now: now())
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            if FileManager.default.fileExists(atPath: list) { try FileManager.default.removeItem(atPath: list) }
            try DurableFile.write(Array(made.keyPEM.utf8), to: key)
            try DurableFile.write(Array(made.certificatePEM.utf8), to: certificate)
            try DurableFile.write(Array(text.utf8), to: list)
        }

        func isDue(_ identity: ServerIdentity) -> Bool {
            identity.expires <= now().advanced(bySeconds: SelfMadeCertificate.renewal)
        }
    }

    /// Nil where listeners speak in the clear.
    init?(_ settings: DaemonSettings, directory: DataDirectory, now: @escaping @Sendable () -> Timestamp) throws {
        switch settings.access.encryption {
        case .none: return nil
        case .files(let certificate, let key):
            identity = try ServerIdentity(certificate: certificate, key: key)
            selfMade = nil
        case .selfMade:
            let bound = [settings.listen.host, settings.mcp.host].filter { !["0.0.0.0", "::"].contains($0) }
            let hosts = Set(settings.access.hosts + bound + [settings.advertisedHost ?? ""]).subtracting([""]).sorted()
            let files = SelfMade(
                directory: directory.file("tls"), hosts: hosts, name: settings.name, now: now)
            if !files.isForTheseHosts { try files.make() }
            let found = try ServerIdentity(certificate: files.certificate, key: files.key)
            if files.isDue(found) {
                try files.make()
                try found.reload()
            }
            identity = found
            selfMade = files
        }
    }

    /// Reads the files again, after making new ones where the node's own are about to expire.
    func renew() throws {
        if let selfMade, selfMade.isDue(identity) { try selfMade.make() }
        try identity.reload()
    }
}

/// Renews the certificate in time, and reads its files again at SIGHUP.
struct CertificateService: Service {
    let certificate: ListenerCertificate
    let onChange: @Sendable (ServerIdentity) -> Void
    let logger: Logger

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        for await _ in await UnixSignalsSequence(trapping: .sighup) { renew("read again") }
                    }
                    group.addTask {
                        while true {
                            try await Task.sleep(for: .seconds(12 * 3600))
                            renew("looked after")
                        }
                    }
                    try await group.waitForAll()
                }
            }
        } catch is CancellationError { /* the stop that was waited for */  }
    }

    private func renew(_ what: String) {
        do {
            try certificate.renew()
            onChange(certificate.identity)
            logger.info("the certificate was \(what): \(certificate.identity.fingerprint)")
        } catch {
            logger.error("the certificate could not be \(what), the former one stays: \(error)")
        }
    }
}
