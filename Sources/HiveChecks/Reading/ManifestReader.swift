import HiveCEL

/// Finds out what files are, and what is in them.
public enum ManifestReader {
    /// What a set of files holds.
    public struct Contents: Sendable {
        public var manifests: [Manifest] = []
        /// Files that look like manifests and cannot be read.
        public var problems: [ReadingProblem] = []
    }

    /// Files larger than that are no manifests, and not read.
    private static let maximumBytes = 1 << 20

    /// Everything in the files, and what only all of them together tell. Files that are no text are passed over.
    public static func read(_ files: [SourceFile]) -> Contents {
        var contents = Contents()
        var parsed: [(text: String, file: SourceFile, form: FileForm, trees: [Tree])] = []
        for file in files.sorted(by: { $0.path < $1.path }) {
            guard file.bytes.count <= maximumBytes, !file.bytes.prefix(8_192).contains(0) else { continue }
            let form = FileForm(file)
            guard let text = String(validating: file.bytes, as: UTF8.self) else {
                let kinds = form.kinds
                if !kinds.isEmpty {
                    contents.problems.append(
                        ReadingProblem(
                            "the file is not valid UTF-8; save it as UTF-8", path: file.path, line: 1, kinds: kinds))
                }
                continue
            }
            do throws(ReadingProblem) {
                parsed.append((text, file, form, try form.trees(text, path: file.path)))
            } catch { contents.problems.append(error.about(form.kinds(guessedFrom: text))) }
        }
        let compose = ComposeReader(
            files: Dictionary(parsed.compactMap { entry in entry.trees.first.map { (entry.file.path, $0) } }) { $1 },
            environments: Dictionary(
                parsed.filter { $0.form == .environment }.map { ($0.file.path, EnvironmentFile.values(of: $0.text)) }
            ) { $1 })
        for (text, file, form, trees) in parsed {
            do throws(ReadingProblem) {
                contents.manifests += try manifests(text, file, form, trees, compose)
            } catch { contents.problems.append(error.about(error.kinds.isEmpty ? form.kinds : error.kinds)) }
            // A law names the words that it bans.
            if !trees.contains(where: isLaw) { contents.manifests += SourceTextReader.manifests(text, path: file.path) }
        }
        contents.manifests += PlatformTotals.manifests(from: contents.manifests)
        return contents
    }

    private static func isLaw(_ tree: Tree) -> Bool { tree["apiVersion"]?.text?.hasPrefix("hive/") == true }

    private static func manifests(
        _ text: String, _ file: SourceFile, _ form: FileForm, _ trees: [Tree], _ compose: ComposeReader
    ) throws(ReadingProblem) -> [Manifest] {
        switch form {
        case .dockerfile: return [try DockerfileReader.manifest(text, path: file.path)]
        case .metrics: return [MetricsReader.manifest(text, path: file.path)]
        case .environment:
            let values = EnvironmentFile.values(of: text)
            let name = String(file.name)
            return [OllamaReader.manifest(environment: values, path: file.path, name: name, line: 1)].compactMap { $0 }
        case .other: return []
        case .compose, .yaml, .json:
            var manifests: [Manifest] = []
            for tree in trees where !isLaw(tree) {
                if KubernetesReader.recognises(tree) {
                    manifests += KubernetesReader.manifests(tree, path: file.path)
                } else if form == .compose || tree["services"]?.isMap == true {
                    do throws(ReadingProblem) { manifests += try compose.manifests(tree, path: file.path) } catch {
                        throw error.about(ComposeReader.kinds)
                    }
                }
                manifests += DeclarationReader.manifests(tree, path: file.path)
            }
            return manifests
        }
    }
}
