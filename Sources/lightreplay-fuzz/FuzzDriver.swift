import Foundation

/// libFuzzer's own loop: mutates inputs and watches which code they reach.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ one: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// The package manager calls this where other programs have `main`. `FUZZ_TARGET` names what is fuzzed.
@_cdecl("lightreplay_fuzz_main")
public func start(_ count: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32 {
  guard FuzzTargets.chosen != nil else {
    print(FuzzTargets.all.map(\.name).joined(separator: "\n"))
    return 64
  }
  var (count, arguments) = (count, arguments)
  return runDriver(&count, &arguments, fuzzOne)
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  FuzzTargets.chosen?.take(Data(bytes: start ?? FuzzTargets.nothing, count: count))
  return 0
}
