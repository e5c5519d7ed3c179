package dev.tocsin.core.identity;

/** How improbable a day's number of calls is. */
final class VolumeTail {

    private static final double LN2 = StrictMath.log(2);

    private VolumeTail() {}

    /**
     * At least so many bits improbable is a day of {@code calls} or more under a negative binomial distribution of that mean
     * and variance: Chernoff's bound of its upper tail, which is never below the tail itself.
     */
    static double bits(long calls, double mean, double variance) {
        if (calls <= mean || mean <= 0) {
            return 0;
        }
        double spread = Math.max(variance - mean, mean * mean / 100); // hardly ever steadier than a tenth of the mean
        double r = mean * mean / spread;
        double p = r / (r + mean);
        double k = calls;
        return -(r * StrictMath.log(p * (k + r) / r) + k * StrictMath.log((1 - p) * (k + r) / k)) / LN2;
    }
}
