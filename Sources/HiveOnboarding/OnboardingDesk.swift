public import HiveAPI
public import HiveHooks

/// Sets clients up on this machine and keeps them up to date.
public struct OnboardingDesk: OnboardingService {
    /// What surrounds it.
    public struct Settings: Sendable {
        /// The node's data directory.
        public var directory: String
        /// Whether hooks and bridges have to be told of the data directory.
        public var namesDirectory = false
        /// The user's home.
        public var home: String
        /// The machine's root; another folder for tests.
        public var machine = "/"
        /// `hivectl` where others than the user's own machine read it: by its name.
        public var program = "hivectl"
        /// `hivectl` by its path.
        public var programPath: String
        /// What hooks do without a node; nil to leave it as it was chosen.
        public var policy: HookPolicy?
        /// Whether clients are asked for their versions.
        public var asksVersions = true

        public init(directory: String, home: String, programPath: String) {
            self.directory = directory
            self.home = home
            self.programPath = programPath
        }
    }

    private let settings: Settings
    private let commands: @Sendable () async throws -> [AgentCommand]

    /// - Parameter commands: all commands that agents are to have.
    public init(_ settings: Settings, commands: @escaping @Sendable () async throws -> [AgentCommand]) {
        self.settings = settings
        self.commands = commands
    }

    public func install(_ request: InstallAgent, as caller: Caller) async throws -> OnboardingReport {
        let entry = try entry(request, as: caller)
        let places = try await bringUp(entry, nil, force: request.force, isNew: true)
        try choosePolicy()
        return try report(entry, places)
    }

    /// How one client is set up.
    public func check(_ request: InstallAgent, as caller: Caller) async throws -> OnboardingReport {
        let entry = try entry(request, as: caller)
        return try report(entry, try await installer(entry, force: false).check())
    }

    /// Takes everything back that was set up for one client.
    public func remove(_ request: InstallAgent, as caller: Caller) async throws -> OnboardingReport {
        let entry = try entry(request, as: caller)
        let retired = try retired(entry, besides: try await commands())
        var installer = try await installer(entry, force: false)
        // The policy goes with the last client that has managed hooks.
        if entry.level == .managed, try hasOthers(entry) { installer.pieces.removeAll { $0 is PolicyPiece } }
        let places = try installer.remove() + retired.remove()
        try list().remove(entry)
        return try report(entry, places.filter { $0.action != nil || $0.state != .missing })
    }

    public func places(of client: String?, as caller: Caller) async throws -> Page<OnboardingReport> {
        var reports: [OnboardingReport] = []
        for entry in try entries(of: client) {
            reports.append(try await attempt(entry) { try await installer(entry, force: false).check() })
        }
        return Page(items: reports)
    }

    public func sync(
        _ client: String?, part: OnboardingPart?, force: Bool, as caller: Caller
    ) async throws -> Page<OnboardingReport> {
        var reports: [OnboardingReport] = []
        for entry in try entries(of: client) where entry.level != .managed {
            reports.append(try await attempt(entry) { try await bringUp(entry, part, force: force) })
        }
        return Page(items: reports)
    }

    /// One that fails does not keep the others from being looked at; its report says what is wrong.
    private func attempt(
        _ entry: InstallationList.Entry, _ body: () async throws -> [OnboardedPlace]
    ) async throws -> OnboardingReport {
        do { return try report(entry, try await body()) } catch let error as HiveError { return failed(entry, error) }
    }

    private func failed(_ entry: InstallationList.Entry, _ error: HiveError) -> OnboardingReport {
        OnboardingReport(
            client: entry.client.rawValue, level: entry.level, root: entry.root,
            places: [OnboardedPlace(path: entry.root, part: .mcp, state: .missing)], enforcement: "unknown",
            warnings: [error.description])
    }

    /// Whether a report says that an installation could not be looked at: it names nothing but its folder then.
    public static func isFailure(_ report: OnboardingReport) -> Bool { report.places.map(\.path) == [report.root] }
}

extension OnboardingDesk {
    /// Writes what is missing and outdated, and takes away commands that the hive has no more.
    private func bringUp(
        _ entry: InstallationList.Entry, _ part: OnboardingPart?, force: Bool, isNew: Bool = false
    ) async throws -> [OnboardedPlace] {
        let commands = try await entry.level == .managed ? [] : self.commands()
        var places = try await installer(entry, force: force).install(part.map { [$0] })
        if part == nil || part == .commands {
            places += try retired(entry, besides: commands).remove().filter { $0.action != nil }
            var entry = entry
            entry.commands = commands.map(\.name)
            // What was taken back meanwhile does not come again by being brought up to date.
            try isNew ? list().add(entry) : list().refresh(entry)
        }
        return places
    }

    /// Commands that were set up here and are no more.
    private func retired(_ entry: InstallationList.Entry, besides commands: [AgentCommand]) throws -> Installer {
        let names = try list().entries().first { $0.isSame(as: entry) }?.commands ?? []
        let gone = names.filter { name in !commands.contains { $0.name == name } }
        let pieces = try pieces(entry, gone.map { AgentCommand(name: $0, description: "", prompt: "") })
        return Installer(files: try LocalFileTree(root: entry.root), pieces: pieces.filter { $0 is CommandPiece })
    }

    /// What hooks do without a node: as was chosen now, else as it was, else they deny.
    private func choosePolicy() throws {
        let files = try LocalFileTree(root: settings.directory)
        let path = settings.directory + "/hooks.json"
        guard try settings.policy != nil || files.read(path) == nil else { return }
        try files.write(Array((settings.policy ?? .deny).text.utf8), to: path)
    }

    private func list() throws -> InstallationList {
        InstallationList(directory: settings.directory, files: try LocalFileTree(root: settings.directory))
    }

    private func entries(of client: String?) throws -> [InstallationList.Entry] {
        let client = try client.map { try ClientAdapters.adapter(named: $0).client }
        return try list().entries().filter { client == nil || $0.client == client }
    }

    private func entry(_ request: InstallAgent, as caller: Caller) throws -> InstallationList.Entry {
        let client = try ClientAdapters.adapter(named: request.client).client
        if request.level == .managed { try caller.requireOperator(to: "set a client up for everybody on the machine") }
        let root: String
        switch request.level {
        case .managed: root = settings.machine
        case .user: root = settings.home
        case .project:
            guard let project = request.project, project.hasPrefix("/") else {
                throw HiveError(
                    .invalidInput, "the project's folder must be an absolute path", hint: "give it as `project`")
            }
            root = project
        }
        guard let real = LocalFileTree.real(root) else {
            throw HiveError(.notFound, "there is no folder `\(root)`", hint: "check the path")
        }
        return InstallationList.Entry(
            client: client, level: request.level, root: real,
            program: request.level == .project ? settings.program : settings.programPath,
            data: settings.namesDirectory ? settings.directory : nil)
    }

    private func installer(_ entry: InstallationList.Entry, force: Bool) async throws -> Installer {
        let commands = try await entry.level == .managed ? [] : self.commands()
        let pieces = try self.pieces(entry, commands)
        return Installer(files: try LocalFileTree(root: entry.root), pieces: pieces, force: force)
    }

    private func pieces(
        _ entry: InstallationList.Entry, _ commands: [AgentCommand]
    ) throws -> [any OnboardingPiece] {
        let isManaged = entry.level == .managed
        let machine = entry.root == "/" ? "" : entry.root
        // Hooks for everybody always name it: else a project's variables would lead them to another node.
        let data = entry.data ?? (isManaged ? settings.directory : nil)
        let site = InstallationSite(
            level: entry.level, root: entry.root, program: entry.program, data: data,
            policyPath: isManaged ? machine + "/etc/hive/hooks.json" : settings.directory + "/hooks.json")
        let pieces = try ClientAdapters.adapter(named: entry.client.rawValue).pieces(site, commands: commands)
        guard isManaged else { return pieces }
        return pieces + [PolicyPiece(path: site.policyPath, chosen: settings.policy)]
    }

    /// Whether another client of the machine has managed hooks, which need the policy as well.
    private func hasOthers(_ entry: InstallationList.Entry) throws -> Bool {
        let files = try LocalFileTree(root: entry.root)
        return try ClientAdapters.all.filter { $0.client != entry.client }.contains { adapter in
            let site = InstallationSite(
                level: .managed, root: entry.root, program: entry.program, data: entry.data, policyPath: "")
            let pieces: [any OnboardingPiece]
            do { pieces = try adapter.pieces(site, commands: []) } catch let error as HiveError
                where error.code == .notSupported
            { return false }
            return try pieces.contains { piece in
                guard let bytes = try files.read(piece.path) else { return false }
                return try piece.state(in: bytes) != .missing
            }
        }
    }

    private func report(_ entry: InstallationList.Entry, _ places: [OnboardedPlace]) throws -> OnboardingReport {
        let adapter = try ClientAdapters.adapter(named: entry.client.rawValue)
        let version = settings.asksVersions ? ClientProbe.version(of: entry.client) : nil
        let (enforcement, warnings) = adapter.enforcement(version)
        let switches = try self.switches(entry)
        var places = places
        for index in places.indices where places[index].part == .hooks && !switches.isEmpty {
            if places[index].state == .current { places[index].state = .changed }
        }
        return OnboardingReport(
            client: entry.client.rawValue, level: entry.level, root: entry.root, places: places,
            clientVersion: version?.description, enforcement: switches.isEmpty ? enforcement : "none",
            warnings: switches + warnings)
    }

    /// What keeps the client's hooks from running. A file that this user may not read switches nothing off for it.
    private func switches(_ entry: InstallationList.Entry) throws -> [String] {
        let files = HookSwitch.files(
            entry.client, level: entry.level, root: entry.root, home: LocalFileTree.real(settings.home) ?? settings.home
        )
        var found: [String] = []
        for place in files {
            let bytes: [UInt8]?
            do { bytes = try LocalFileTree(root: place.root).read(place.path) } catch let error as HiveError
                where error.code == .forbidden || error.code == .notFound
            { continue }
            guard let bytes else { continue }
            for line in HookSwitch.warnings(in: bytes, of: place.path, client: entry.client)
            where !found.contains(line) { found.append(line) }
        }
        return found
    }
}
