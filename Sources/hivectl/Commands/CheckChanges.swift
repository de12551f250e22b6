import HiveAPI
import HiveChecks

/// The lines that were added since a commit, out of git.
enum CheckChanges {
    /// Added since `reference`, or since the index where that is `index`; files that git does not know are new as a
    /// whole. Paths are relative to the root. Throws where the root is in no work tree or nothing is called so.
    static func since(_ reference: String, in root: CheckRoot) throws -> ChangedLines {
        guard CheckFileFinder.isInWorkTree(root.path) else {
            throw Failure.badInput(
                "--changed needs a git work tree", hint: "run inside a repository, or check without --changed")
        }
        guard !reference.hasPrefix("-") else { throw unknown(reference) }
        do {
            let unknownFiles = try GitCommand(["ls-files", "-o", "--exclude-standard", "-z"], in: root.path)
            var changes = try diff(reference, in: root)
            for name in try unknownFiles.names() { changes.add(whole: name) }
            return changes
        } catch GitCommand.Failure.cannotStart(let reason) {
            throw Failure.badInput("git cannot be run: \(reason)", hint: "install git, or check without --changed")
        } catch GitCommand.Failure.refused {
            throw unknown(reference)
        }
    }

    private static func diff(_ reference: String, in root: CheckRoot) throws(GitCommand.Failure) -> ChangedLines {
        let arguments = [
            "-c", "core.quotePath=false", "diff", "-U0", "--no-color", "--no-ext-diff", "--no-textconv", "-M",
            "--src-prefix=a/", "--dst-prefix=b/", "--relative", "--ignore-submodules=all",
        ]
        let against = reference == "index" ? [] : [reference]
        do {
            return UnifiedDiff.changes(in: try GitCommand(arguments + against + ["--"], in: root.path).bytes())
        } catch {
            guard case .refused = error, reference == "HEAD", try hasNoCommit(root) else { throw error }
            var changes = ChangedLines()
            for name in try GitCommand(["ls-files", "-c", "-z"], in: root.path).names() { changes.add(whole: name) }
            return changes
        }
    }

    private static func hasNoCommit(_ root: CheckRoot) throws(GitCommand.Failure) -> Bool {
        let question = try GitCommand(["rev-parse", "--verify", "--quiet", "HEAD"], in: root.path)
        do {
            _ = try question.bytes()
            return false
        } catch { return true }
    }

    private static func unknown(_ reference: String) -> HiveError {
        Failure.badInput(
            "git knows no commit `\(reference)`",
            hint: "write --changed=REF, or put --changed behind the paths; REF is HEAD if none is given")
    }
}
