import Foundation
import HiveAPI
import HivePacks
import HiveRules

/// Reads rule files from folders, paths and packs.
enum RuleFilesOnDisk {
    /// All YAML files at or below the paths, and those of packs that are given as `pack:NAME`. Throws where a path does
    /// not exist or holds none.
    static func sources(_ paths: [String]) throws -> [RuleFiles.Source] {
        var files: [String] = []
        var packed: [RuleFiles.Source] = []
        for path in paths {
            if let pack = try PackNames.pack(at: path) {
                packed += pack.sources
                continue
            }
            var isFolder: ObjCBool = false
            guard path == "-" || FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw Failure.badInput("`\(path)` does not exist", hint: "name a rule file or a folder")
            }
            guard isFolder.boolValue else {
                files.append(path)
                continue
            }
            let below = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
            files += below.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.map { path + "/" + $0 }
        }
        guard !files.isEmpty || !packed.isEmpty else {
            throw Failure.badInput(
                "there is no rule file in \(paths.joined(separator: ", "))", hint: "rule files end in .yaml")
        }
        return try packed + files.sorted().map(source)
    }

    private static func source(_ path: String) throws -> RuleFiles.Source {
        if path == "-" { return RuleFiles.Source(path: path, text: try Console.readInput()) }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure.badInput("the file `\(path)` cannot be read", hint: "check the path")
        }
        do { return try RuleFiles.Source(path: path, bytes: Array(data)) } catch { throw failure(error) }
    }

    static func write(_ text: String, to path: String) throws {
        do { try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic) } catch {
            throw Failure.badInput(
                "`\(path)` cannot be written: \(error.localizedDescription)", hint: "check the folder")
        }
    }

    /// Writes new files into a folder, which is made where there is none. Throws before anything is written where one of
    /// them exists.
    static func create(_ files: [(name: String, text: String)], in folder: String) throws {
        let url = URL(fileURLWithPath: folder, isDirectory: true)
        for (name, _) in files where FileManager.default.fileExists(atPath: url.appending(path: name).path) {
            throw Failure.badInput(
                "`\(folder)/\(name)` exists", hint: "move it away, or write to another folder with --to")
        }
        do { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) } catch {
            throw Failure.badInput(
                "the folder `\(folder)` cannot be made: \(error.localizedDescription)", hint: "choose another with --to"
            )
        }
        for (name, text) in files { try write(text, to: url.appending(path: name).path) }
    }

    static func load(_ paths: [String]) throws -> RuleFiles.Contents {
        do { return try RuleFiles.load(try sources(paths)) } catch let error as RuleError { throw failure(error) }
    }

    static func compile(_ paths: [String]) throws -> CompiledRuleSet { try compile(try load(paths)) }

    static func compile(_ contents: RuleFiles.Contents) throws -> CompiledRuleSet {
        do {
            return try CompiledRuleSet.compile(contents, label: "files", zones: SystemTimeZones())
        } catch { throw failure(error) }
    }

    static func failure(_ error: RuleError) -> HiveError {
        HiveError(.invalidRule, "\(error.location): \(error.message)", hint: error.hint)
    }
}
