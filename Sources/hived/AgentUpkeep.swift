import HiveAPI
import HiveNode
import HiveOnboarding
import Logging
import ServiceLifecycle

/// Keeps the agents of this machine up to what the hive holds: whenever its commands have changed, the places that were set
/// up get them. What somebody changed there stays, and the log says so once.
struct AgentUpkeep: Service {
    let node: Node
    let desk: OnboardingDesk
    let logger: Logger

    func run() async throws {
        do { try await cancelWhenGracefulShutdown { try await keepUp() } } catch is CancellationError
        { /* the stop that was waited for */  }
    }

    private func keepUp() async throws {
        var last: [AgentCommand]?
        var failure: String?
        while true {
            do {
                let commands = try await node.commands(as: .operator).items
                if commands != last {
                    report(try await desk.sync(nil, part: .commands, force: false, as: .operator).items)
                    last = commands
                }
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

    private func report(_ reports: [OnboardingReport]) {
        for report in reports {
            for warning in report.warnings where report.enforcement == "unknown" && report.clientVersion == nil {
                logger.debug("\(report.client) in \(report.root): \(warning)")
            }
            for place in report.places {
                switch place.action {
                case .written, .removed: logger.info("\(place.action?.rawValue ?? "") \(place.path)")
                case .kept: logger.warning("\(place.path) was changed here and is left as it is")
                case nil: break
                }
            }
        }
    }
}
