using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;
using XoBlazor.Simulator.Loading;
using XoBlazor.Simulator.Making;

namespace XoBlazor.Simulator;

/// <summary>Where a simulated pool comes from.</summary>
public sealed class PoolSource
{
    private readonly Func<string?, Database> _load;

    internal PoolSource(string name, Func<string?, Database> load) => (Name, _load) = (name, load);

    /// <summary>What to call the source in messages: the file's path, for example.</summary>
    public string Name { get; }

    /// <summary>A xapi database of any age, in its XML form.</summary>
    public static PoolSource FromFile(string path) =>
        new(path, version => PoolLoader.Load(DatabaseFile.Read(path), version is null ? null : ReleaseOf(version)));

    /// <summary>Pools that exist nowhere else, as <c>--make</c> asks for them: <c>pools=3,hosts=16,vms=1000,seed=7</c>.</summary>
    public static IReadOnlyList<PoolSource> Make(string wanted)
    {
        var options = MakeOptions.Parse(wanted);
        return [.. Enumerable.Range(0, options.Pools).Select(number => new PoolSource(
            $"made pool {number + 1}",
            version => PoolMaker.Make(GeneratedPlan.For(options, number), unchecked((options.Seed * 1009) + number), SchemaOf(version ?? options.Release.Schema), PoolMaker.Moment))
        {
            Updates = options.Updates,
        })];
    }

    /// <summary>The pools of the demonstration: small, with names that mean something.</summary>
    public static IReadOnlyList<PoolSource> Demo() =>
        [.. DemoPlan.All.Select((plan, number) => new PoolSource(
            $"demo pool {plan.Name}", version => PoolMaker.Make(plan, number + 1, SchemaOf(version ?? PoolMaker.Version), TimeProvider.System.GetUtcNow())) { Alerts = plan.Alerts, Updates = plan.Updates })];

    /// <summary>Alerts that wait for somebody when the pool appears.</summary>
    internal IReadOnlyList<(string Name, int Priority, string About, string Body)> Alerts { get; private init; } = [];

    /// <summary>How many updates wait for each host when the pool appears; the last host has installed one of them.</summary>
    internal int Updates { get; private init; }

    /// <param name="asVersion">The release to answer as; null for the database's own.</param>
    internal Database Load(string? asVersion) => _load(asVersion);

    private static Schema SchemaOf(string version) => XapiDatamodel.Embedded.At(ReleaseOf(version));

    private static Release ReleaseOf(string version) => XapiDatamodel.Embedded.FindRelease(version)
        ?? throw new SimulatorException(
            $"there is no release '{version}'. Give a xapi version (24.19.2), a code name ({string.Join(", ", XapiDatamodel.Embedded.Releases.Select(r => r.Code))}) or a product (XenServer 6.1).");
}
