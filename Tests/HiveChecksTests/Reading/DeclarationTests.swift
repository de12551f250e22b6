import HiveCEL
import HiveChecks
import Testing

@Suite struct DeclarationTests {
    @Test("Kubernetes memory: G is a thousand, Gi is 1,024")
    func workloads() {
        let text = """
            apiVersion: v1
            kind: List
            items:
              - apiVersion: batch/v1
                kind: CronJob
                metadata: {name: night}
                spec: {jobTemplate: {spec: {template: {spec: {containers: [
                  {name: a, resources: {limits: {cpu: 250m, memory: 2Gi}}},
                  {name: b, resources: {limits: {memory: 1073741824}}}]}}}}}
              - {apiVersion: v1, kind: ConfigMap, metadata: {name: x}}
            """
        let contents = Read.contents(text, as: "k.yaml")
        let facts = contents.manifests.filter { $0.kind == "kubernetes.workload" }
        #expect(facts.map(\.name) == ["night"])
        let containers = facts.first?.facts["containers"].map(JSONText.render) ?? ""
        #expect(containers.contains(#""cpus":0.25"#) && containers.contains(#""memoryGiB":2.0"#))
        #expect(containers.contains(#""memoryGiB":1.0"#))
    }

    @Test("Agents, one or several in a file")
    func agents() {
        let text = #"[{"agent_id": "a"}, {"agent_id": "b"}, {"other": 1}]"#
        let contents = Read.contents(text, as: "agents.json")
        #expect(contents.manifests.filter { $0.kind == "agent.declaration" }.map(\.name) == ["a", "b"])
    }

    @Test("The settings of Ollama out of a service's environment, in seconds; the address alone is none")
    func ollama() {
        let text =
            "services:\n  o:\n    image: ollama/ollama\n    environment: [OLLAMA_KEEP_ALIVE=5m, OLLAMA_NUM_PARALLEL=1]\n"
        #expect(Read.fact("keepAliveSeconds", of: "ollama.config", in: text, as: "compose.yaml") == "300.0")
        let other = Read.contents("services: {a: {environment: {OLLAMA_HOST: x}}}", as: "compose.yaml")
        #expect(!other.manifests.contains { $0.kind == "ollama.config" })
    }

    @Test("A model that is kept for ever is kept longer than any limit")
    func forever() {
        let text = "services: {o: {environment: {OLLAMA_KEEP_ALIVE: -1}}}"
        let facts = Read.facts("ollama.config", in: Read.contents(text, as: "compose.yaml"))
        guard case .map(let map)? = facts, case .double(let seconds)? = map["keepAliveSeconds"] else {
            Issue.record("nothing was read")
            return
        }
        #expect(seconds == .infinity)
    }

    @Test("Prompts by name and alone, with their tokens")
    func prompts() {
        let one = Read.contents("prompt_template: {system: You are brief., constraints: {max_tokens: 9}}", as: "p.yaml")
        #expect(one.manifests.filter { $0.kind == "prompt.template" }.map(\.name) == ["prompt_template"])
        let two = Read.contents("prompt_template: {a: {system: x}, b: {task: y}}", as: "p.yaml")
        #expect(two.manifests.filter { $0.kind == "prompt.template" }.map(\.name) == ["a", "b"])
        #expect(
            Read.fact(
                "systemTokens", of: "prompt.template", in: "prompt_template: {system: You are brief., task: x}",
                as: "p.yaml") == "5")
    }

    @Test("Measurements one by one, in numbers; what is no number is not measured")
    func measurements() {
        let contents = Read.contents("measurements: {p95_seconds: 1800ms, cpu_percent: 71, note: fine}", as: "m.yaml")
        let found = contents.manifests.filter { $0.kind.hasPrefix("measurement.") }
        #expect(found.map(\.kind) == ["measurement.p95_seconds", "measurement.cpu_percent"])
        #expect(found.first?.facts["value"].map(JSONText.render) == "1.8")
    }

    @Test(
        "IPv4 addresses, and what only looks like one",
        arguments: [
            ("http://10.0.3.7:80/", #"["10.0.3.7"]"#), ("at 192.168.0.1.", #"["192.168.0.1"]"#), ("1.2.3.4.5", "[]"),
            ("v1.2.3.4", "[]"), ("256.1.1.1", "[]"), ("1.2.3", "[]"), ("01.2.3.4", "[]"), ("a-1.2.3.4", "[]"),
            ("(127.0.0.1, 8.8.8.8)", #"["127.0.0.1","8.8.8.8"]"#),
        ])
    func addresses(text: String, found: String) {
        #expect(Read.fact("addresses", of: "source.text", in: text, as: "a.py") == found)
    }

    @Test("A law that names banned words is no text that uses them")
    func law() {
        let text = "apiVersion: hive/v1\nkind: RuleSet\nmetadata: {name: x, version: 1}\n"
        #expect(Read.contents(text, as: "rules.yaml").manifests.isEmpty)
    }
}
