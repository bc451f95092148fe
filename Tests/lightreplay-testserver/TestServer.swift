@main struct TestServer {
  static func main() {}
}
