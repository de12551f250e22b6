import Foundation
import HiveAPI
import HiveChecks

/// Checks again and again, whenever the stamp of a file says that it changed.
struct CheckWatch {
    let runner: CheckRunner

    /// Returns never: an interrupt ends the process.
    func run() throws -> Never {
        signal(SIGINT) { _ in _exit(0) }
        var watch = GateWatch<FileBytes.Status>()
        while true {
            do {
                let stamps = try stamps()
                let changes = watch.changes(stamps)
                if changes?.isEmpty != true { _ = try runner.run() }
            } catch let error as HiveError {
                Console.write("error: \(error.message)", toError: true)
            }
            Thread.sleep(forTimeInterval: 0.5)
        }
    }

    /// Of everything that a report depends on: the files, the configuration and the baseline.
    private func stamps() throws -> [String: FileBytes.Status] {
        var finder = CheckFileFinder(runner.root)
        for path in runner.command.paths.isEmpty ? ["."] : runner.command.paths { try finder.add(path) }
        var paths = finder.files.map(\.path)
        paths += [GateConfiguration.path, GateConfiguration.baselinePath].map(runner.root.file)
        paths += [runner.command.config, runner.command.baseline].compactMap { $0 }.map {
            runner.root.absolute(Array($0.utf8))
        }
        return Dictionary(paths.compactMap { path in FileBytes.status(path).map { (PathText.shown(path), $0) } }) { $1 }
    }
}
