using System.Globalization;

namespace XoBlazor.Simulator.Making;

/// <summary>
/// What <c>--make</c> asks for: so many pools, each with so many hosts and VMs, of which release, with how many updates that wait for each host. The same options give the same pools, name by name and
/// ref by ref.
/// </summary>
public sealed record MakeOptions(int Pools = 1, int Hosts = 3, int Vms = 100, int Seed = 1, int Updates = 0)
{
    private const int MostPools = 200;
    private const int MostHosts = 64;
    private const int MostVms = 50_000;
    private const int MostUpdates = 500;

    /// <summary>What the hosts run.</summary>
    public HostRelease Release { get; init; } = HostRelease.XcpNg83;

    /// <summary>Reads <c>pools=3,hosts=16,vms=1000,seed=7</c>; what is left out keeps its default.</summary>
    /// <exception cref="SimulatorException">The text has an unknown name or a number out of range; the message tells which.</exception>
    public static MakeOptions Parse(string text)
    {
        var options = new MakeOptions();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=');
            if (equals < 0) throw new SimulatorException($"--make: '{part}' is not of the form name=number; for example --make pools=3,hosts=16,vms=1000,seed=7.");
            var (name, value) = (part[..equals].Trim(), part[(equals + 1)..].Trim());
            options = name switch
            {
                "pools" => options with { Pools = Number(name, value, 1, MostPools) },
                "hosts" => options with { Hosts = Number(name, value, 1, MostHosts) },
                "vms" => options with { Vms = Number(name, value, 0, MostVms) },
                "seed" => options with { Seed = Number(name, value, 0, int.MaxValue) },
                "updates" => options with { Updates = Number(name, value, 0, MostUpdates) },
                "release" => options with { Release = HostRelease.Find(value) },
                _ => throw new SimulatorException($"--make: '{name}' is not known; pools, hosts (per pool), vms (per pool), seed, release and updates (per host) are."),
            };
        }

        return options;
    }

    private static int Number(string name, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new SimulatorException($"--make: {name} must be a whole number from {least} to {most}, not '{text}'.");
}
