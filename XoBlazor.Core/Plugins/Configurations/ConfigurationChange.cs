using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace XoBlazor.Core.Plugins.Configurations;

/// <summary>What a file of configurations means for one plugin.</summary>
/// <param name="Plugin">Its id.</param>
/// <param name="Name">As it is called here; the id where it is not installed.</param>
/// <param name="Problem">Why it is left as it is; null when it is not.</param>
/// <param name="Lines">What would differ, secrets masked.</param>
/// <param name="Next">The configuration then, with the secrets that are kept; null where nothing is done.</param>
public sealed record ConfigurationChange(string Plugin, string Name, string? Problem, ImmutableArray<ConfigurationChangeLine> Lines, JsonObject? Next);

/// <summary>One value that would differ.</summary>
/// <param name="Path">Such as <c>server.port</c>.</param>
/// <param name="Before">As JSON; null for none.</param>
/// <param name="After">As JSON; null for none.</param>
public sealed record ConfigurationChangeLine(string Path, string? Before, string? After);
