import Foundation
import HiveAPI
import HiveBackup
import HiveCore
import HiveEmbedding
import HiveNode
import HiveOnboarding
import HiveServer
import HiveStore
import HiveSync
import HiveTelemetry
import HiveTransport
import Logging
import ServiceLifecycle
import UnixSignals

/// Puts a node together and runs it until it is told to stop.
struct Daemon {
    let settings: DaemonSettings
    let telemetry: Telemetry
    private let flags: HiveDaemon
    private let logger = Logger(label: "hived")

    init(settings: DaemonSettings, flags: HiveDaemon, telemetry: Telemetry) {
        self.settings = settings
        self.flags = flags
        self.telemetry = telemetry
    }

    func run() async throws {
        let directory = try DataDirectory(path: settings.directory)
        let files = NodeFiles(directory: directory)
        let signer = try files.signer()
        let protection = try await settings.encryption?.protection(ofDatabase: files.database) ?? .plain
        let journal = try files.journal(protection, isOn: settings.recordsDecisions)
        let access = try files.accessJournal(protection)
        let store = try SQLiteStore(path: files.database, protection: protection)
        let journals = [journal?.file, access].compactMap(\.self)
        for journal in journals { try journal.reseal() }
        let lease = LeaseGuard(directory: directory, store: store)
        let node = try makeNode(
            store: store, lease: lease, signer: signer, files: files, journal: journal, access: access,
            keys: settings.encryption.flatMap {
                DaemonKeys(store: store, protection: protection, keys: $0.provider, journals: journals)
            })
        try await node.applyErasures()
        let certificate = try ListenerCertificate(settings, directory: directory, now: Self.now)
        node.setCertificate(certificate?.identity.fingerprint)
        let desk = onboarding(node)
        let server = HiveServer(
            configuration(showing: certificate?.identity, files), services: services(of: node, desk),
            authority: try files.authority(besides: node.credentials),
            logger: logger, now: Self.now, recorder: node,
            onBound: { [settings, logger] addresses in
                let announcer = RunFile(
                    files: files, node: node, addresses: addresses, certificate: certificate?.identity.certificate)
                do {
                    try announcer.write()
                    node.onIdentityChange {
                        do { try announcer.write() } catch { logger.error("run.json cannot be written: \(error)") }
                    }
                    logger.info("node \(settings.name) is ready at \(addresses.apiURL)")
                } catch {
                    HiveDaemon.leave(error)
                }
            })
        defer { files.removeRun() }
        try await serve(
            node: node, server: server, lease: lease, files: files, certificate: certificate, desk: desk)
        try store.close()
    }

    private func configuration(showing identity: ServerIdentity?, _ files: NodeFiles) -> ServerConfiguration {
        var configuration = ServerConfiguration(
            api: settings.listen, mcp: settings.mcp, hosts: settings.access.hosts, toolSets: settings.toolSets,
            version: DaemonSettings.version)
        configuration.limits = settings.access.limits
        configuration.identity = identity
        configuration.hooks = files.hookSocket(isNeeded: identity != nil, logger)
        configuration.authorization = settings.authorization
        if settings.operating.log.access { configuration.accessLevel = .info }
        return configuration
    }

    private func makeNode(
        store: SQLiteStore, lease: LeaseGuard, signer: Ed25519Signer, files: NodeFiles, journal: DecisionJournal?,
        access: JournalFile, keys: DaemonKeys?
    ) throws -> Node {
        var random = SystemRandomNumberGenerator()
        var newLife: String?
        if case .mustReincarnate(let reason) = try lease.verdict() {
            newLife = "\(reason)"
            logger.notice("a new life of this node begins: \(reason)")
        }
        let replica = try NodeOpening.open(
            store, key: signer.publicKey, mustReincarnate: newLife != nil, now: Self.now())
        try lease.renew(using: &random)
        var surroundings = Surroundings(
            now: Self.now, uptime: { Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000) },
            abandon: { reason in
                FileHandle.standardError.write(Data("error: \(reason) (store_unknown_outcome)\n".utf8))
                Foundation.exit(5)
            }, scrub: { try store.scrub() }, inspect: { try store.integrityProblems() },
            zones: SystemTimeZones(),
            journal: settings.recordsDecisions ? journal?.recorder(logger: logger) : nil)
        surroundings.backups = try FileBackupVault(settings.backup.places) { try store.backup(to: $0) }
        surroundings.mirrors = FileMirrorShelf(directory: files.directory.file("mirrors"))
        surroundings.erasures = try ErasureFile(path: files.directory.file("erasures"))
        surroundings.keys = keys
        surroundings.access = access
        telemetry.watch(&surroundings, directory: settings.directory)
        let kernel = NodeKernel(
            store: store, replica: replica, signer: signer, verifier: Ed25519Verifier(), surroundings: surroundings)
        var nodeSettings = Node.Settings(
            name: settings.name, version: DaemonSettings.version, peerAddress: settings.peers)
        nodeSettings.advertisedHost = settings.advertisedHost
        (nodeSettings.belief, nodeSettings.ranking) = (settings.belief.policy, settings.belief.ranking)
        nodeSettings.meaningWeight = settings.meaning.weight
        for warning in settings.modelWarnings { logger.warning("\(warning)") }
        nodeSettings.backups = settings.backup.policy
        nodeSettings.defaultScopes = settings.defaultScopes
        nodeSettings.working = settings.working
        nodeSettings.acyclicRelations = settings.acyclicRelations
        nodeSettings.lifecycle = settings.lifecycle.settings
        nodeSettings.conflicts = settings.conflicts
        nodeSettings.erasureHold = settings.lifecycle.erasureHold ?? nodeSettings.erasureHold
        nodeSettings.recordScope = settings.recordScope
        nodeSettings.health = settings.operating.health
        nodeSettings.tasks = settings.tasks
        nodeSettings.agents = settings.agents
        nodeSettings.sync.bandwidth = settings.operating.bandwidth
        nodeSettings.sync.compressor = DeflateCompressor()
        nodeSettings.seals = settings.seals
        let node = try Node(
            kernel: kernel, transport: try TLSPeerTransport(signer: signer, logger: logger),
            embedder: settings.meaning.embedder, formerEmbedder: settings.meaning.formerEmbedder,
            summarizer: settings.summaries.map { RemoteSummarizer($0) }, settings: nodeSettings,
            logger: Logger(label: "hive.node"))
        let what = "hived \(DaemonSettings.version)" + (newLife.map { ", a new life: \($0)" } ?? "")
        node.record(AccessEvent(AccessEvent.start, .done, subject: what), by: .own)
        return node
    }

    /// SIGTERM and SIGINT drain for at most 30 seconds; a second one stops at once.
    private func serve(
        node: Node, server: HiveServer, lease: LeaseGuard, files: NodeFiles, certificate: ListenerCertificate?,
        desk: OnboardingDesk
    ) async throws {
        let effective = try EffectiveSettings(
            settings, flags: flags, environment: ProcessInfo.processInfo.environment)
        let reloading = Reloading(effective: effective, flags: flags, telemetry: telemetry, logger: logger)
        // Those that are first end last: what the others do in their last moments is told as well.
        var services = telemetry.services(node: node.identity.node.description, name: settings.name).map {
            ServiceGroupConfiguration.ServiceConfiguration(service: $0)
        }
        services += [
            .init(service: reloading, successTerminationBehavior: .ignore),
            .init(service: NodeService(node: node), successTerminationBehavior: .gracefullyShutdownGroup),
            .init(
                service: LeaseService(node: node, lease: lease, logger: logger),
                successTerminationBehavior: .gracefullyShutdownGroup),
            .init(
                service: AgentUpkeep(node: node, desk: desk, logger: logger),
                successTerminationBehavior: .gracefullyShutdownGroup),
            .init(
                service: ListeningService(node: node, settings: settings, server: server),
                successTerminationBehavior: .gracefullyShutdownGroup),
        ]
        if let certificate {
            let service = CertificateService(
                certificate: certificate, onChange: { node.setCertificate($0.fingerprint) }, logger: logger)
            services.append(.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup))
        }
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(30)
        SecondSignal.trap()
        try await ServiceGroup(configuration: configuration).run()
    }

    private static let now: @Sendable () -> Timestamp = {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded()))
    }
}

/// The node's own work as a service.
private struct NodeService: Service {
    let node: Node

    func run() async throws { try await cancelWhenGracefulShutdown { try await node.run() } }
}

/// Opens the peers' port and then the others: a port that peers remember must not go to a listener that takes any.
private struct ListeningService: Service {
    let node: Node
    let settings: DaemonSettings
    let server: HiveServer

    func run() async throws {
        do {
            if try settings.opensPeers || node.expectsPeers() { _ = try await node.sync.open(on: settings.peers) }
        } catch {
            HiveDaemon.leave(error)
        }
        try await server.run()
    }
}

/// Renews the lease every 1,024 commits and at a clean stop. A renewal that fails, as on a full disk, is said and tried
/// again: the older lease goes on to hold.
private struct LeaseService: Service {
    let node: Node
    let lease: LeaseGuard
    let logger: Logger

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await keepRenewing() }
        } catch is CancellationError { /* the stop that was waited for */  }
        renew()
    }

    private func keepRenewing() async throws {
        var renewed = node.commits
        while true {
            try await Task.sleep(for: .milliseconds(500))
            guard node.commits >= renewed + 1024 else { continue }
            let commits = node.commits
            if renew() { renewed = commits }
        }
    }

    @discardableResult
    private func renew() -> Bool {
        var random = SystemRandomNumberGenerator()
        do { try lease.renew(using: &random) } catch {
            logger.error("the lease could not be renewed, it is tried again: \(error)")
            return false
        }
        return true
    }
}

/// Writes `run.json`, now and whenever the peer listener opens later.
struct RunFile: Sendable {
    let files: NodeFiles
    let node: Node
    let addresses: HiveServer.BoundAddresses
    /// The file of the certificate; nil where listeners speak in the clear.
    let certificate: String?

    func write() throws {
        let identity = node.identity
        var run: [String: JSONValue] = [
            "pid": .integer(Int64(ProcessInfo.processInfo.processIdentifier)),
            "node": .string(identity.node.description),
            "hive": .string(identity.hive.description), "api": .string(addresses.apiURL),
            "mcp": .string(addresses.mcpURL),
            "peers": node.sync.address.map { JSONValue.string($0.description) } ?? .null,
        ]
        if let certificate { run["certificate"] = .string(certificate) }
        run["hooks"] = addresses.hooks.map(JSONValue.string)
        try files.writeRun(.object(run))
    }
}
