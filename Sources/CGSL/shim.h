#define HAVE_INLINE 1
#define GSL_RANGE_CHECK_OFF 1
#include <math.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_matrix.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_vector.h>

// GSL's algorithms are mutable globals, which Swift 6 does not let through; these return them.
static inline const gsl_multifit_nlinear_type *cgsl_trust_region(void) {
  return gsl_multifit_nlinear_trust;
}

// Levenberg-Marquardt steps, scaled as MINPACK does, solved by QR.
static inline gsl_multifit_nlinear_parameters cgsl_trust_region_parameters(void) {
  gsl_multifit_nlinear_parameters parameters = gsl_multifit_nlinear_default_parameters();
  parameters.trs = gsl_multifit_nlinear_trs_lm;
  parameters.scale = gsl_multifit_nlinear_scale_more;
  parameters.solver = gsl_multifit_nlinear_solver_qr;
  return parameters;
}

static inline const gsl_root_fsolver_type *cgsl_brent_root(void) { return gsl_root_fsolver_brent; }

static inline const gsl_min_fminimizer_type *cgsl_brent_minimum(void) { return gsl_min_fminimizer_brent; }
