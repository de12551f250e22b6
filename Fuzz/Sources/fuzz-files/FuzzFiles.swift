import HiveFuzzing

@main
struct FuzzFiles {
    static func main() { FuzzTarget.drive([.imports, .rules]) }
}
