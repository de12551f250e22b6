import HiveCEL
import HiveChecks
import Testing

@Suite struct ComposeTests {
    @Test(
        "Ports in every notation",
        arguments: [
            ("8080:80", #"["8080/tcp"]"#), ("80", "[]"), ("6060:6060/udp", #"["6060/udp"]"#),
            ("127.0.0.1:5000:80", #"["127.0.0.1:5000/tcp"]"#), ("[::1]:5000:80", #"["::1:5000/tcp"]"#),
            ("3000-3002:3000-3002", #"["3000/tcp","3001/tcp","3002/tcp"]"#), ("127.0.0.1::80", "[]"),
            ("${PORT:-8081}:80", #"["8081/tcp"]"#),
        ])
    func shortPorts(port: String, bindings: String) {
        #expect(Read.service("ports: [\"\(port)\"]", "bindings") == bindings)
        #expect(Read.service("ports: [\"\(port)\"]", "problems") == "[]")
    }

    @Test("Ports as mappings")
    func longPorts() {
        let lines = "ports: [{target: 80, published: \"8000-8001\", host_ip: 10.0.0.1, protocol: udp}, {target: 81}]"
        #expect(Read.service(lines, "bindings") == #"["10.0.0.1:8000/udp","10.0.0.1:8001/udp"]"#)
        #expect(Read.service(lines, "ports") == "[8000,8001]")
    }

    @Test("What is no port is said", arguments: ["x:y:z", "99999:80", "80-70:80", "a"])
    func noPort(port: String) {
        #expect(Read.service("ports: [\"\(port)\"]", "problems") == "[\"`\(port)` is no port\"]")
    }

    @Test(
        "Volumes in every notation",
        arguments: [
            ("data:/var/lib", "volume", "data", "/var/lib", "false"), ("./a:/b:ro", "bind", "./a", "/b", "true"),
            ("/cache", "anonymous", "", "/cache", "false"),
        ])
    func volumes(volume: String, type: String, source: String, target: String, readOnly: String) {
        #expect(
            Read.service("volumes: [\"\(volume)\"]", "volumes")
                == #"[{"readOnly":\#(readOnly),"source":"\#(source)","target":"\#(target)","type":"\#(type)"}]"#)
    }

    @Test("A volume of type tmpfs counts as tmpfs, and so do options behind a colon")
    func tmpfs() {
        #expect(Read.service("tmpfs: [/run, \"/tmp:size=64m\"]", "tmpfs") == #"["/run","/tmp"]"#)
        #expect(Read.service("volumes: [{type: tmpfs, target: /tmp}]", "tmpfs") == #"["/tmp"]"#)
    }

    @Test(
        "Limits in every notation",
        arguments: [
            ("deploy: {resources: {limits: {cpus: '0.5', memory: 512M}}}", "0.5", "0.5"),
            ("mem_limit: 1073741824\ncpus: 2", "2.0", "1.0"), ("mem_limit: 2gb", "nothing", "2.0"),
            ("mem_limit: lots", "nothing", "nothing"), ("mem_limit: 4Gi", "nothing", "4.0"),
        ])
    func limits(lines: String, cpus: String, memory: String) {
        #expect(Read.service(lines, "cpus") == cpus)
        #expect(Read.service(lines, "memoryGiB") == memory)
    }

    @Test(
        "Health checks, with the defaults of Docker",
        arguments: [
            (
                "healthcheck: {test: [CMD, curl, localhost], interval: 1m30s, timeout: 500ms}",
                #"{"command":"curl localhost","intervalSeconds":90.0,"retries":3.0,"timeoutSeconds":0.5}"#
            ),
            (
                "healthcheck: {test: true}",
                #"{"command":"true","intervalSeconds":30.0,"retries":3.0,"timeoutSeconds":30.0}"#
            ),
            ("healthcheck: {test: [NONE]}", "nothing"), ("healthcheck: {disable: true}", "nothing"),
        ])
    func health(lines: String, facts: String) { #expect(Read.service(lines, "health") == facts) }

    @Test(
        "Environment as mapping and as list",
        arguments: ["environment: {A: 1, B: x=y, C: }", "environment: [A=1, B=x=y, C]"])
    func environment(lines: String) { #expect(Read.service(lines, "environment") == #"{"A":"1","B":"x=y","C":""}"#) }

    @Test("What the service says itself goes before what its environment file says; a missing file is named")
    func environmentFile() throws {
        let compose =
            "services:\n  web:\n    env_file: [a.env, {path: ./b.env, required: false}, c.env]\n    environment: {A: own}\n"
        let contents = Read.contents(
            compose, as: "x/compose.yaml", with: ["x/a.env": "A=file\nexport B='two words' # c\n"])
        let service = try #require(contents.manifests.first { $0.kind == "compose.service" })
        #expect(service.facts["environment"].map(JSONText.render) == #"{"A":"own","B":"two words"}"#)
        #expect(service.facts["missingFiles"].map(JSONText.render) == #"["c.env"]"#)
    }

    @Test("A service has what it extends, of its own file and of another, and lists go on")
    func extends() throws {
        let compose = """
            services:
              base: {image: a, security_opt: [x], environment: {A: 1}, command: [old]}
              web: {extends: base, security_opt: ["no-new-privileges=true"], environment: [B=2], command: [new]}
              far: {extends: {service: other, file: ../common.yaml}, read_only: true}
              lost: {extends: {service: nobody}}
            """
        let contents = Read.contents(
            compose, as: "x/compose.yaml", with: ["common.yaml": "services: {other: {user: \"10\"}}"])
        let services = contents.manifests.filter { $0.kind == "compose.service" && $0.path == "x/compose.yaml" }
        let web = try #require(services.first { $0.name == "web" })
        #expect(web.facts["securityOptions"].map(JSONText.render) == #"["x","no-new-privileges:true"]"#)
        #expect(web.line == 3)
        let far = try #require(services.first { $0.name == "far" })
        #expect(far.facts["user"].map(JSONText.render) == #""10""#)
        let lost = try #require(services.first { $0.name == "lost" })
        #expect(lost.facts["problems"].map(JSONText.render)?.contains("nobody") == true)
    }

    @Test("Services that extend each other are refused")
    func circle() {
        let contents = Read.contents(
            "services:\n  a: {extends: b}\n  b: {extends: a}\n", as: "compose.yaml")
        #expect(contents.problems.map(\.message) == ["services extend each other in a circle"])
    }

    @Test("Anchors and merge keys are followed, and the own value goes first")
    func anchors() {
        let text = "x-a: &a {read_only: true, user: base}\nservices:\n  web:\n    <<: *a\n    user: own\n"
        #expect(Read.fact("readOnly", of: "compose.service", in: text, as: "compose.yaml") == "true")
        #expect(Read.fact("user", of: "compose.service", in: text, as: "compose.yaml") == #""own""#)
    }

    @Test(
        "Restart and its other notation",
        arguments: [
            ("restart: on-failure:3", #""on-failure""#), ("restart: 'no'", #""no""#), ("restart: no", #""no""#),
            ("deploy: {restart_policy: {condition: any}}", #""always""#),
            ("deploy: {restart_policy: {condition: none}}", #""no""#), ("user: x", "nothing"),
        ])
    func restart(lines: String, fact: String) { #expect(Read.service(lines, "restart") == fact) }

    @Test("Replicas count as often as there are of them, and ports that collide are named with both services")
    func totals() throws {
        let compose = """
            services:
              a: {ports: ["80:80"], deploy: {replicas: 3, resources: {limits: {cpus: "0.5", memory: 1G}}}}
              b: {ports: ["80:80"], cpus: 1}
            """
        let totals = try #require(
            Read.contents(compose, as: "compose.yaml").manifests.first { $0.kind == "platform.totals" })
        #expect(totals.facts["cpus"].map(JSONText.render) == "2.5")
        #expect(totals.facts["memoryGiB"].map(JSONText.render) == "3.0")
        #expect(totals.facts["unlimited"].map(JSONText.render) == #"["b"]"#)
        #expect(totals.facts["collisions"].map(JSONText.render) == #"["80/tcp: a and b"]"#)
    }

    @Test(
        "Ports collide on one address, or where one service wants all addresses",
        arguments: [
            ("80:1", "127.0.0.1:80:1", true), ("127.0.0.1:80:1", "0.0.0.0:80:1", true),
            ("127.0.0.1:80:1", "127.0.0.2:80:1", false), ("80:1/udp", "80:1", false), ("80-90:80-90", "85:1", true),
        ])
    func collisions(first: String, second: String, collide: Bool) {
        let compose = "services: {a: {ports: [\"\(first)\"]}, b: {ports: [\"\(second)\"]}}"
        let found = Read.fact("collisions", of: "platform.totals", in: compose, as: "compose.yaml")
        #expect((found != "[]") == collide, "\(found)")
    }

    @Test("One service may publish a port on several addresses")
    func addresses() {
        let compose = "services: {a: {ports: [\"127.0.0.1:80:1\", \"10.0.0.1:80:1\", \"127.0.0.1:80:1\"]}}"
        #expect(Read.fact("collisions", of: "platform.totals", in: compose, as: "compose.yaml") == "[]")
    }
}
