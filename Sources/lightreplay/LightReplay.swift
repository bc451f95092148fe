import ArgumentParser

@main
struct LightReplay: AsyncParsableCommand {
  func run() async throws {}
}
