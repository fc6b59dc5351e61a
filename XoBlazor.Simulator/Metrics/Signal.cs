using System.Text;
using XoBlazor.Simulator.Streams;

namespace XoBlazor.Simulator.Metrics;

/// <summary>
/// A figure between 0 and 1 that moves as those of machines do: busy by day, quiet by night and at weekends, restless at every scale. It follows from its name and
/// the time alone, so that whoever asks twice is told the same.
/// </summary>
internal readonly struct Signal(string name)
{
    private const double Day = 86400;

    private readonly ulong _seed = Hash(name);

    /// <summary>A number between 0 and 1 that goes with a name for ever.</summary>
    public static double Constant(string name) => Fraction(Hash(name));

    public double At(double time)
    {
        var level = 0.15 + (0.35 * Fraction(_seed));
        var hour = time % Day / Day;
        var weekday = (int)(time / Day) % 7 is 2 or 3 ? 0.5 : 1.0;
        var daily = 0.5 - (0.5 * Math.Cos(2 * Math.PI * hour));
        var restless = (0.5 * Noise(time, 15)) + (0.9 * Noise(time, 180)) + (0.8 * Noise(time, 5400)) + (0.4 * Noise(time, 5 * Day));
        return Math.Clamp(level * (0.45 + (0.75 * daily * weekday) + (0.55 * restless)), 0.005, 1);
    }

    // Between -1 and 1, smooth, with a bend about every period.
    private double Noise(double time, double period)
    {
        var place = time / period;
        var before = Math.Floor(place);
        var share = place - before;
        share = share * share * (3 - (2 * share));
        return (2 * ((Knot((long)before, period) * (1 - share)) + (Knot((long)before + 1, period) * share))) - 1;
    }

    private double Knot(long number, double period) => Fraction(Mix(_seed ^ ((ulong)number * 0x9E3779B97F4A7C15) ^ (ulong)period));

    private static double Fraction(ulong bits) => (Mix(bits) >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    private static ulong Hash(string name) => XxHash64.Hash(Encoding.UTF8.GetBytes(name));
}
