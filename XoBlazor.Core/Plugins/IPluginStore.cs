using System.Collections.Immutable;

namespace XoBlazor.Core.Plugins;

/// <summary>Keeps plugins, their packages and what they keep themselves. Safe from any thread.</summary>
public interface IPluginStore
{
    /// <summary>All plugins without their packages.</summary>
    Task<ImmutableArray<PluginSettings>> LoadAsync(CancellationToken cancellationToken);

    /// <param name="package">The zip, for one that is new or another version; null for the one that is kept.</param>
    Task SaveAsync(PluginSettings settings, byte[]? package, CancellationToken cancellationToken);

    /// <summary>The zip of a plugin; null when there is none.</summary>
    Task<byte[]?> PackageAsync(string id, CancellationToken cancellationToken);

    /// <summary>Removes a plugin with all that is kept of it.</summary>
    Task RemoveAsync(string id, CancellationToken cancellationToken);

    /// <summary>All values that a plugin keeps.</summary>
    Task<ImmutableSortedDictionary<string, string>> ValuesAsync(string id, CancellationToken cancellationToken);

    /// <param name="value">Null takes it away.</param>
    Task SetValueAsync(string id, string key, string? value, CancellationToken cancellationToken);
}
