import CCurl
import Foundation

/// One request and its reply on their way; used on the loop's thread only.
final class CurlTransfer {
  let handle: UnsafeMutableRawPointer
  let events: HTTPClient.Events.Continuation
  let silence: Double
  /// When silence becomes too long, by the loop's own clock.
  private(set) var silentFrom: Int64

  private let clock: any EndpointClock
  private let headers: UnsafeMutablePointer<curl_slist>?
  private var status = 0
  private var fields: [String: String] = [:]

  /// `nil` when there is no memory.
  init?(_ call: HTTPClient.Call, _ events: HTTPClient.Events.Continuation, _ clock: any EndpointClock) {
    guard let handle = curl_easy_init() else { return nil }
    self.handle = handle
    self.events = events
    self.clock = clock
    silence = call.silence
    silentFrom = CurlLoop.clock.now + Self.microseconds(call.silence)
    // Nothing but what is set here: `Expect` would cost a round trip.
    var list: UnsafeMutablePointer<curl_slist>?
    for header in call.headers + [("Expect", "")] {
      list = curl_slist_append(
        list, header.value.isEmpty ? "\(header.name):" : "\(header.name): \(header.value)")
    }
    headers = list
    setOptions(call)
    setCallbacks()
  }

  deinit {
    curl_easy_cleanup(handle)
    curl_slist_free_all(headers)
  }

  private func setOptions(_ call: HTTPClient.Call) {
    _ = lr_curl_set_text(handle, CURLOPT_URL, call.url.absoluteString)
    _ = lr_curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
    _ = lr_curl_set_long(handle, CURLOPT_POST, 1)
    _ = lr_curl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(call.body.count))
    call.body.withUnsafeBytes { bytes in
      _ = lr_curl_set_pointer(
        handle, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
    }
    _ = lr_curl_set_list(handle, CURLOPT_HTTPHEADER, headers)
    _ = lr_curl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0)
    _ = lr_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
    _ = lr_curl_set_long(handle, CURLOPT_TCP_KEEPALIVE, 1)
  }

  private func setCallbacks() {
    let context = Unmanaged.passUnretained(self).toOpaque()
    _ = lr_curl_set_pointer(handle, CURLOPT_WRITEDATA, context)
    _ = lr_curl_set_pointer(handle, CURLOPT_HEADERDATA, context)
    _ = lr_curl_set_callback(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
      transfer.receive(Data(bytes: bytes, count: size * count))
      return size * count
    }
    _ = lr_curl_set_callback(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
      transfer.receiveHeader(Data(bytes: bytes, count: size * count))
      return size * count
    }
  }

  private static func microseconds(_ seconds: Double) -> Int64 { Int64(min(seconds, 1e9) * 1e6) }

  private func noteActivity() { silentFrom = CurlLoop.clock.now + Self.microseconds(silence) }

  private func receive(_ data: Data) {
    noteActivity()
    events.yield(.bytes(data, at: clock.now))
  }

  /// A line of the head; the empty one ends it.
  private func receiveHeader(_ data: Data) {
    noteActivity()
    let line = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    if line.hasPrefix("HTTP/") {
      fields = [:]
      status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    } else if line.isEmpty {
      // Interim replies such as 100 are followed by the real one.
      if status >= 200 { events.yield(.head(HTTPHead(status: status, headers: fields))) }
    } else if let colon = line.firstIndex(of: ":") {
      let name = line[..<colon].lowercased()
      if fields[name] == nil {
        fields[name] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      }
    }
  }

  /// What a result of libcurl means.
  func cause(of result: CURLcode) -> EndpointError.Cause {
    let words = String(cString: curl_easy_strerror(result))
    switch result {
    // The address was checked before, so the protocol not understood is that of the reply.
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY: return .unreadable("not HTTP")
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_URL_MALFORMAT,
      CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION,
      CURLE_SSL_CACERT_BADFILE:
      return .unreachable(words)
    default: return .broken(words)
    }
  }
}
