import Crypto
import Foundation
import Reporting
import Testing

@Suite struct PageScriptTests {
  @Test("The security policy names the program that stands in the page")
  func digest() {
    let text = Data(("\n" + "\(PageScript.program)").utf8)
    #expect(PageScript.digest == "sha256-" + Data(SHA256.hash(data: text)).base64EncodedString())
  }

  @Test("Neither program nor style can end its element")
  func contained() {
    let parts = [PageScript.program] + Palette.variables + [PageStyle.drawing, PageStyle.sheet]
    #expect(!parts.map { "\($0)" }.joined().contains("</"))
  }
}
