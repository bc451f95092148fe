/// What LaTeX commands are to an answer.
enum LatexNames {
  /// Sizes, spacing and styles.
  static let ignored: Set<String> = [
    "left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl",
    "Biggr", "middle", "displaystyle", "textstyle", "quad", "qquad", "limits", "nolimits", "thinspace",
    "hspace",
    "degree", "percent", "mathstrut", "phantom",
  ]
  /// Commands whose argument is a text or a name.
  static let textual: Set<String> = [
    "text", "textbf", "textit", "textrm", "textnormal", "texttt", "mathrm", "mathbf", "mathit", "mathsf",
    "mathtt",
    "mathcal", "mathbb", "operatorname", "mbox", "hbox", "boldsymbol",
  ]
  static let marks: [String: String] = [
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "le": "<=", "leq": "<=", "leqslant": "<=", "ge": ">=",
    "geq": ">=", "geqslant": ">=", "lt": "<", "gt": ">", "ne": "!=", "neq": "!=", "pm": "pm", "cup": "cup",
    "cap": "cap", "in": "in", "lbrace": "set{", "rbrace": "set}", "lbrack": "[", "rbrack": "]", "vert": "|",
    "lvert": "|", "rvert": "|", "mid": "|", "colon": ":", "approx": "=", "prime": "prime",
    "setminus": "setminus",
  ]
  static let symbols: Set<String> = [
    "pi", "infty", "theta", "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "lambda", "mu", "nu",
    "phi",
    "varphi", "rho", "sigma", "tau", "omega", "psi", "chi", "xi", "eta", "zeta", "kappa", "Delta", "Omega",
    "Gamma",
    "Theta", "Lambda", "Phi", "Psi", "Sigma", "emptyset", "varnothing", "ell", "hbar", "circ",
  ]
  static let functions: Set<String> = [
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "log",
    "ln",
    "exp", "lg", "min", "max", "gcd", "lcm", "det",
  ]
  static let structures: Set<String> = [
    "frac", "dfrac", "tfrac", "cfrac", "sqrt", "binom", "dbinom", "tbinom", "overline", "bar", "vec", "hat",
    "widehat", "lfloor", "rfloor", "lceil", "rceil",
  ]
  /// Two letters that are a unit behind a number.
  static let units: Set<String> = [
    "cm", "mm", "km", "kg", "mg", "ft", "in", "yd", "mi", "lb", "oz", "ml", "hr", "pm", "am",
  ]
  static let synonyms: [String: String] = [
    "dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "dbinom": "binom", "tbinom": "binom",
    "bar": "overline",
    "widehat": "hat",
  ]
}
