using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;
using XoBlazor.Simulator.Loading;

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

    /// <param name="asVersion">The release to answer as; null for the database's own.</param>
    internal Database Load(string? asVersion) => _load(asVersion);

    private static Release ReleaseOf(string version) => XapiDatamodel.Embedded.FindRelease(version)
        ?? throw new SimulatorException(
            $"there is no release '{version}'. Give a xapi version (24.19.2), a code name ({string.Join(", ", XapiDatamodel.Embedded.Releases.Select(r => r.Code))}) or a product (XenServer 6.1).");
}
