import HiveAPI
import HiveNode
import HiveOnboarding
import Logging
import ServiceLifecycle

/// Keeps the agents of this machine up to what the hive holds: whenever its commands have changed, the places that were set
/// up get them; those that could not be reached are tried again. What somebody changed there stays, and the log says so
/// once.
struct AgentUpkeep: Service {
    let node: Node
    let desk: OnboardingDesk
    let logger: Logger

    /// Bringing the places up to one list of commands.
    private struct Round {
        let commands: [AgentCommand]
        /// What the log was told.
        var told: Set<String> = []
        /// How many looks at the commands pass until it is tried again; nil where all places have them.
        var wait: Int? = 0
        private var longer = 1

        init(_ commands: [AgentCommand]) { self.commands = commands }

        mutating func isDue() -> Bool {
            guard let left = wait, left > 0 else { return wait != nil }
            wait = left - 1
            return false
        }

        /// A place that is gone for good is asked about ever more rarely, down to once in some minutes.
        mutating func attempted(isDone: Bool) {
            wait = isDone ? nil : longer
            longer = min(longer * 2, 128)
        }
    }

    func run() async throws {
        do { try await cancelWhenGracefulShutdown { try await keepUp() } } catch is CancellationError
        { /* the stop that was waited for */  }
    }

    private func keepUp() async throws {
        var round: Round?
        var failure: String?
        while true {
            do {
                let commands = try await node.commands(as: .operator).items
                var current = round.flatMap { $0.commands == commands ? $0 : nil } ?? Round(commands)
                if current.isDue() {
                    let reports = try await desk.sync(nil, part: .commands, force: false, as: .operator).items
                    report(reports, &current.told)
                    current.attempted(isDone: !reports.contains(where: OnboardingDesk.isFailure))
                }
                round = current
                failure = nil
            } catch let error where !(error is CancellationError) {
                // Whatever it is, a node does not end for it; and what goes on is said once.
                let words = "\(error)"
                if failure != words {
                    logger.error("agents could not be brought up to date, it is tried again: \(words)")
                }
                failure = words
            }
            try await Task.sleep(for: .seconds(2))
        }
    }

    private func report(_ reports: [OnboardingReport], _ told: inout Set<String>) {
        for report in reports {
            let hasFailed = OnboardingDesk.isFailure(report)
            for warning in report.warnings where report.enforcement == "unknown" && report.clientVersion == nil {
                let words = "\(report.client) in \(report.root): \(warning)"
                guard told.insert(words).inserted else { continue }
                logger.log(level: hasFailed ? .warning : .debug, "\(words)")
            }
            for place in report.places {
                switch place.action {
                case .written, .removed: logger.info("\(place.action?.rawValue ?? "") \(place.path)")
                case .kept where told.insert(place.path).inserted:
                    logger.warning("\(place.path) was changed here and is left as it is")
                case .kept, nil: break
                }
            }
        }
    }
}
