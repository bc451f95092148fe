import RoutingCore
import Testing

@Suite struct MathGraderTests {
  private func grade(_ text: String, _ reference: String?) throws -> Grade {
    try grader("math").grade(GradingItem(text: text, reference: reference))
  }

  @Test(
    "Answers of the same value are equal",
    arguments: [
      ("\\frac{1}{2}", "0.5"), ("\\dfrac12", "\\tfrac{1}{2}"), ("1/2", "\\frac{1}{2}"), ("x=5", "5"),
      ("x = 5.", "5"),
      ("f(2) = 7", "7"), ("2 + 3 = 5", "5"), ("\\sqrt{12}", "2\\sqrt{3}"),
      ("\\frac{6}{\\sqrt{3}}", "2\\sqrt3"),
      ("\\sqrt2\\sqrt3", "\\sqrt{6}"), ("\\frac{1+\\sqrt5}{2}", "\\frac{1}{2}+\\frac{\\sqrt{5}}{2}"),
      ("\\frac{1}{\\sqrt2-1}", "1+\\sqrt2"), ("(1+\\sqrt2)^2", "3+2\\sqrt{2}"),
      ("\\sqrt[3]{16}", "2\\sqrt[3]{2}"),
      ("\\sqrt{-4}", "2i"), ("6√2", "6\\sqrt{2}"), ("3\\frac{1}{2}", "\\frac{7}{2}"), ("3 1/2", "3.5"),
      ("1,000", "1000"), ("1{,}000", "1000"), ("10^{3}", "1000"), ("\\$18", "18"), ("50\\%", "50"),
      ("5\\text{ cm}^2", "5"),
      ("12 square units", "12"), ("30^\\circ", "30"), ("30^{\\circ}", "30"), ("30°", "30"),
      ("90\\text{ degrees}", "90"),
      ("25000/year", "25000"), ("1152 cups of flour", "1152"), ("7 cm", "7"), ("\\text{ (C)}", "C"),
      ("0.\\overline{3}", "\\frac13"),
      ("0.1\\overline{6}", "\\frac{1}{6}"), ("2\\pi r", "2r\\pi"), ("\\pi/2", "\\frac{\\pi}{2}"),
      ("2(x+1)", "2x+2"),
      ("(x-1)(x-2)", "(2-x)(1-x)"), ("-\\frac{a}{b}", "\\frac{-a}{b}"), ("x^2\\cdot x", "x^3"), ("5!", "120"),
      ("\\binom{5}{2}", "10"), ("\\binom{5}{0}", "1"), ("\\binom{5}{5}", "1"),
      ("\\left(1, 2\\right)", "(1,2)"), ("[0,\\infty)", "\\left[0,\\infty\\right)"),
      ("x \\in [0,1]", "[0,1]"),
      ("(-\\infty,0)\\cup(1,2]", "(1,2] \\cup (-\\infty, 0)"), ("\\{2,1\\}", "\\{1, 2\\}"), ("2, 1", "1,2"),
      ("1 \\text{ or } 2", "2, 1"),
      ("x = 1, x = 2", "1,2"), ("1 \\pm \\sqrt2", "1+\\sqrt2, 1-\\sqrt2"), ("3 > x", "x < 3"),
      ("x \\ge 2", "2 \\leq x"),
      ("2x + 2y = 4", "x + y = 2"),
      ("\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}", "\\begin{bmatrix}1&2\\\\3&4\\end{bmatrix}"),
      ("|-3|", "3"), ("\\sin^2 x", "\\sin^{2}(x)"), ("\\text{No solution.}", "no solution"),
      ("\\mathbf{Yes}", "yes"), ("1010_2", "1010"),
      ("\\frac{3}{4}\\,\\text{hours}", "0.75"), ("\\log_2 8x", "\\log_{2}(8x)"),
      ("\\lfloor x \\rfloor", "\\left\\lfloor x\\right\\rfloor"),
    ])
  func equal(left: String, right: String) throws {
    #expect(try grade("\\boxed{\(left)}", right).score == .one)
    #expect(try grade("\\boxed{\(right)}", left).score == .one)
  }

  @Test(
    "Answers of other values are not",
    arguments: [
      ("\\frac{1}{3}", "0.333"), ("(1,2)", "(2,1)"), ("[0,1)", "(0,1)"), ("\\sqrt{2}", "1.414"),
      ("x^2", "2x"), ("x(x+1)", "x^2+x"),
      ("-5", "5"), ("1,2", "1,2,3"), ("x<3", "x \\le 3"), ("\\{1,2\\}", "(1,2)"),
      ("\\begin{pmatrix} 1 & 2 \\end{pmatrix}", "\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}"),
      ("6\\sqrt2", "6"), ("12-10d", "12"), ("2", "2\\pi"), ("\\frac{a}{b}", "\\frac{b}{a}"),
      ("\\sqrt[3]{2}", "\\sqrt{2}"), ("x=5, y=3", "x=3, y=5"),
    ])
  func different(left: String, right: String) throws {
    #expect(try grade("\\boxed{\(left)}", right).score == .zero)
  }

  @Test(
    "The answer is read where the text marks it, nested braces and escaped quotes included",
    arguments: [
      ("so $\\boxed{\\frac{\\sqrt{3}}{2}}$.", "\\frac{\\sqrt3}{2}"),
      ("{\"answer\": \"\\\\frac{1}{2}\"}", "0.5"),
      ("{\"answer\": \"\\frac{1}{2}\"}", "0.5"), ("{\"answer\": \"\\theta\"}", "\\theta"),
      ("The answer is $x = 3$, as shown.", "3"),
      ("Thus\n$$y = 4$$\nand $z = \\frac{1}{2}$", "0.5"), ("\\boxed{\\text{Monday}}", "Monday"),
      ("\\\\boxed{\\\\frac{1}{4}}", "0.25"),
      ("nothing but 17", "17"),
      ("{\"answer\": \"3\\u221A2\"}", "3\\sqrt{2}"),
    ])
  func places(text: String, reference: String) throws {
    #expect(try grade(text, reference).score == .one)
  }

  @Test(
    "The answer has one spelling, which is a decimal where one ends",
    arguments: [
      ("\\frac{1}{2}", "0.5"), ("\\frac{1}{3}", "1/3"), ("\\sqrt{12}", "2*sqrt(3)"), ("b + 2a", "2*a+b"),
      ("(1, \\frac12)", "(1,0.5)"),
    ])
  func spelling(text: String, answer: String) throws {
    #expect(try grade("\\boxed{\(text)}", "0").answer == answer)
  }

  @Test("What is no formula is compared as text")
  func fallback() throws {
    #expect(try grade("\\boxed{a \\oplus b}", "a\\oplus b").score == .one)
    #expect(try grade("\\boxed{a \\oplus b}", "a\\oplus c").score == .zero)
    let sentence = "the sum of 2 roots is not rational"
    #expect(try grade("\\boxed{\(sentence)}", "roots 2 is sum of the not rational").score == .zero)
  }

  @Test("Formulas made to be hard take no long time and end in a grade")
  func hostile() throws {
    let deep = String(repeating: "1\\frac{", count: 200) + "x" + String(repeating: "}", count: 200)
    let open = String(repeating: "(", count: 1500) + "1"
    let power = "9^{9^{9^{9}}}"
    let product = String(repeating: "(a+b\\sqrt{2})", count: 100)
    let fractions = String(repeating: "\\frac{1}{", count: 150) + "7" + String(repeating: "}", count: 150)
    let texts = [
      deep, open, power, product, fractions, "1/0", "0^{-1}", "\\frac{1}{0}",
      String(repeating: "7", count: 1000),
    ]
    let start = ContinuousClock.now
    for text in texts { #expect(try grade("\\boxed{\(text)}", "2").score == .zero) }
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test(
    "Exponents at the ends of 64 and 128 bits end in a grade",
    arguments: [
      "9223372036854775807", "-9223372036854775808", "170141183460469231731687303715884105727",
      "-170141183460469231731687303715884105728", "201", "-201",
    ])
  func hugeExponents(_ exponent: String) throws {
    for base in ["2", "x", "-1", "(1+\\sqrt{2})", "\\frac{2}{3}", "\\sqrt{2}"] {
      #expect(try grade("\\boxed{\(base)^{\(exponent)}}", "5").score == .zero)
    }
  }

  @Test("Nothing written scores 0, and nothing to compare with is a gap")
  func gaps() throws {
    #expect(try grade("", "5") == Grade(answer: nil, score: .zero))
    #expect(throws: GradingGap.noReference) { try grade("5", nil) }
    #expect(throws: GradingGap.unfitReference(expected: "answer")) { try grade("5", " ") }
  }
}
