import RoutingCore
import Testing

/// Data with certified values from the NIST Statistical Reference Datasets (public domain).
struct ReferenceData: Sendable, CustomTestStringConvertible {
  let name: String
  let family: String
  let throughOrigin: Bool
  let x: [Double]
  let y: [Double]
  /// NIST's parameters and their standard deviations.
  let certified: [(value: Double, deviation: Double)]
  let rss: Double
  /// NIST's parameters as functions of ours, with their derivatives.
  let translation: @Sendable ([Double]) -> [(value: Double, gradient: [Double])]

  var testDescription: String { name }

  var data: CurveData {
    CurveData(points: zip(x, y).map { CurvePoint(x: $0, y: $1) }, errors: .unknown)
  }

  /// Ours are NIST's.
  static let same: @Sendable ([Double]) -> [(value: Double, gradient: [Double])] = { p in
    p.indices.map { index in (p[index], p.indices.map { $0 == index ? 1 : 0 }) }
  }
  /// The second is NIST's reciprocal.
  static let rate: @Sendable ([Double]) -> [(value: Double, gradient: [Double])] = { p in
    [(p[0], [1, 0]), (1 / p[1], [0, -1 / (p[1] * p[1])])]
  }

  static let misraX = [
    77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0,
  ]
  static let misraY = [
    10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78,
  ]

  static let all: [ReferenceData] = [
    ReferenceData(
      name: "Misra1a", family: "saturating-exponential", throughOrigin: true, x: misraX, y: misraY,
      certified: [(2.3894212918e+02, 2.7070075241e+00), (5.5015643181e-04, 7.2668688436e-06)],
      rss: 1.2455138894e-01, translation: rate),
    ReferenceData(
      name: "BoxBOD", family: "saturating-exponential", throughOrigin: true, x: [1, 2, 3, 5, 7, 10],
      y: [109, 149, 149, 191, 213, 224],
      certified: [(2.1380940889e+02, 1.2354515176e+01), (5.4723748542e-01, 1.0455993237e-01)],
      rss: 1.1680088766e+03, translation: rate),
    ReferenceData(
      name: "DanWood", family: "power", throughOrigin: true, x: [1.309, 1.471, 1.490, 1.565, 1.611, 1.680],
      y: [2.138, 3.421, 3.597, 4.340, 4.882, 5.660],
      certified: [(7.6886226176e-01, 1.8281973860e-02), (3.8604055871e+00, 5.1726610913e-02)],
      rss: 4.3173084083e-03, translation: { p in [(-p[0], [-1, 0]), (-p[1], [0, -1])] }),
    ReferenceData(
      name: "Misra1d", family: "hyperbolic", throughOrigin: true, x: misraX, y: misraY,
      certified: [(4.3736970754e+02, 3.6489174345e+00), (3.0227324449e-04, 2.9334354479e-06)],
      rss: 5.6419295283e-02, translation: rate),
    ReferenceData(
      name: "Rat42", family: "logistic", throughOrigin: false, x: [9, 14, 21, 28, 42, 57, 63, 70, 79],
      y: [8.930, 10.800, 18.590, 22.330, 39.350, 56.110, 61.730, 64.620, 67.080],
      certified: [
        (7.2462237576e+01, 1.7340283401e+00), (2.6180768402e+00, 8.8295217536e-02),
        (6.7359200066e-02, 3.4465663377e-03),
      ], rss: 8.0565229338e+00,
      translation: { p in
        [
          (p[0], [1, 0, 0]), (p[1] / p[2], [0, 1 / p[2], -p[1] / (p[2] * p[2])]),
          (1 / p[2], [0, 0, -1 / (p[2] * p[2])]),
        ]
      }),
    ReferenceData(
      name: "Norris", family: "linear", throughOrigin: false, x: norrisX, y: norrisY,
      certified: [(-0.262323073774029, 0.232818234301152), (1.00211681802045, 0.429796848199937e-03)],
      rss: 26.6173985294224, translation: same),
    ReferenceData(
      name: "NoInt1", family: "linear", throughOrigin: true, x: (60...70).map(Double.init),
      y: (130...140).map(Double.init), certified: [(2.07438016528926, 0.165289256198347e-01)],
      rss: 127.272727272727, translation: same),
    ReferenceData(
      name: "NoInt2", family: "linear", throughOrigin: true, x: [4, 5, 6], y: [3, 4, 4],
      certified: [(0.727272727272727, 0.420827318078432e-01)], rss: 0.272727272727273, translation: same),
    ReferenceData(
      name: "NumAcc1", family: "constant", throughOrigin: false, x: [1, 2, 3],
      y: [10_000_001, 10_000_003, 10_000_002], certified: [(10_000_002, 0.5773502691896258)], rss: 2,
      translation: same),
  ]

  static let norrisX = [
    0.2, 337.4, 118.2, 884.6, 10.1, 226.5, 666.3, 996.3, 448.6, 777.0, 558.2, 0.4, 0.6, 775.5, 666.9, 338.0,
    447.5, 11.6, 556.0, 228.1, 995.8, 887.6, 120.2, 0.3, 0.3, 556.8, 339.1, 887.2, 999.0, 779.0, 11.1, 118.3,
    229.2, 669.1, 448.9, 0.5,
  ]
  static let norrisY = [
    0.1, 338.8, 118.1, 888.0, 9.2, 228.1, 668.5, 998.5, 449.1, 778.9, 559.2, 0.3, 0.1, 778.1, 668.8, 339.3,
    448.9, 10.8, 557.7, 228.3, 998.0, 888.8, 119.6, 0.3, 0.6, 557.6, 339.3, 888.0, 998.5, 778.9, 10.2, 117.6,
    228.9, 668.4, 449.2, 0.2,
  ]
}
