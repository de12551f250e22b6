import Foundation
import HiveAPI

/// The daemon's program, which knows how its configuration is read: nobody else reads it the same way.
struct DaemonProgram {
    let path: String

    /// Beside this program, else where the shell would find it. Nil where there is none.
    init?() {
        let own = Bundle.main.executablePath.map { ($0 as NSString).deletingLastPathComponent }
        let others = (NodeLocation.processEnvironment("PATH") ?? "").split(separator: ":").map(String.init)
        let places = (own.map { [$0] } ?? []) + others
        guard let found = places.map({ $0 + "/hived" }).first(where: FileManager.default.isExecutableFile) else {
            return nil
        }
        path = found
    }

    static var required: DaemonProgram {
        get throws {
            guard let program = DaemonProgram() else {
                throw HiveError(
                    .notFound, "the program `hived` is not here, and only it knows how its configuration is read",
                    hint: "install it beside hivectl, or put its folder into PATH")
            }
            return program
        }
    }

    /// The settings as a start would have them. Throws what a start would say.
    func settings(directory: String?, file: String?) throws -> JSONValue {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments =
            ["--show-config"] + (directory.map { ["--data", $0] } ?? []) + (file.map { ["--config", $0] } ?? [])
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch {
            throw HiveError(.internalError, "`\(path)` cannot be run: \(error.localizedDescription)")
        }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let answer = try JSONValue(parsing: Array(data))
        guard let error = answer["error"] else { return answer }
        throw HiveError(
            HiveError.Code(error["code"]?.string ?? "invalid_input"), error["message"]?.string ?? "",
            hint: error["hint"]?.string)
    }
}
