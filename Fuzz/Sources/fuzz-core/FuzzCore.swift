import HiveFuzzing

@main
struct FuzzCore {
    static func main() { FuzzTarget.drive([.cbor, .wire, .frames, .log]) }
}
