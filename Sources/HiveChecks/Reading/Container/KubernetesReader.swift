import HiveCEL

/// Makes manifests out of Kubernetes workloads; objects of other kinds have nothing that rules here ask for.
enum KubernetesReader {
    static let kind = "kubernetes.workload"

    private static let workloads: Set<String> = [
        "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Pod",
    ]

    /// Whether a document is an object of Kubernetes at all.
    static func recognises(_ tree: Tree) -> Bool {
        guard let version = tree["apiVersion"]?.text, tree["kind"]?.text != nil else { return false }
        return !version.hasPrefix("hive/")
    }

    static func manifests(_ tree: Tree, path: String) -> [Manifest] {
        guard let kind = tree["kind"]?.text else { return [] }
        if kind == "List" { return (tree["items"]?.elements ?? []).flatMap { manifests($0, path: path) } }
        guard workloads.contains(kind) else { return [] }
        let spec = podSpec(tree, kind)
        let containers = (spec?["containers"]?.elements ?? []).map { container($0, pod: spec) }
        var facts = Facts()
        facts.set("workload", kind)
        facts.set("namespace", tree["metadata"]?["namespace"]?.text)
        facts.set("replicas", Quantity.processors(tree["spec"]?["replicas"]) ?? 1)
        // What Kubernetes takes where nothing is said.
        facts.set("graceSeconds", Quantity.seconds(spec?["terminationGracePeriodSeconds"]) ?? 30)
        facts.set("priorityClass", spec?["priorityClassName"]?.text)
        facts.set("labels", texts: labels(tree).merging(labels(template(tree, kind))) { $1 })
        facts.set("containers", facts: containers)
        return [
            Manifest(
                kind: Self.kind, path: path, name: tree["metadata"]?["name"]?.text ?? kind, line: tree.line,
                facts: facts.values)
        ]
    }

    private static func template(_ tree: Tree, _ kind: String) -> Tree? {
        switch kind {
        case "Pod": tree
        case "CronJob": tree["spec"]?["jobTemplate"]?["spec"]?["template"]
        default: tree["spec"]?["template"]
        }
    }

    private static func podSpec(_ tree: Tree, _ kind: String) -> Tree? { template(tree, kind)?["spec"] }

    private static func labels(_ tree: Tree?) -> [String: String] {
        Dictionary((tree?["metadata"]?["labels"]?.entries ?? []).map { ($0.key, $0.value.text ?? "") }) { $1 }
    }

    private static func container(_ tree: Tree, pod: Tree?) -> Facts {
        let limits = tree["resources"]?["limits"]
        let security = tree["securityContext"]
        var facts = Facts()
        facts.set("name", tree["name"]?.text)
        facts.set("image", tree["image"]?.text)
        facts.set("cpus", Quantity.processors(limits?["cpu"]))
        facts.set("memoryGiB", Quantity.memory(limits?["memory"], .decimal))
        facts.set("ready", tree["readinessProbe"] != nil)
        facts.set("live", tree["livenessProbe"] != nil)
        facts.set("readOnly", security?["readOnlyRootFilesystem"]?.bool ?? false)
        facts.set("privileged", security?["privileged"]?.bool ?? false)
        facts.set("escalates", security?["allowPrivilegeEscalation"]?.bool ?? true)
        facts.set("nonRoot", (security?["runAsNonRoot"] ?? pod?["securityContext"]?["runAsNonRoot"])?.bool ?? false)
        return facts
    }
}
