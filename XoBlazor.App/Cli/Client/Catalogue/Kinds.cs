using System.Collections.Immutable;
using System.Text;
using XoBlazor.App.Api.XoObjects;

namespace XoBlazor.App.Cli.Client.Catalogue;

/// <summary>What objects are called on the command line: Xen Orchestra's types in small letters, <c>template</c> and <c>snapshot</c> without more.</summary>
internal static class Kinds
{
    /// <summary>Every type there is, with its command.</summary>
    public static ImmutableArray<(string Kind, string Type)> All { get; } =
        [.. XoTypes.All.Select(type => (Of(type), type))];

    public static string Of(string type) => type switch
    {
        "VM-template" => "template",
        "VM-snapshot" => "snapshot",
        _ when type.All(letter => char.IsUpper(letter) || letter == '-') => type.ToLowerInvariant(),
        _ => Dashed(type),
    };

    /// <summary>For a sentence, such as "VM" or "host".</summary>
    public static string Named(string type) => type switch
    {
        "VM-template" => "template",
        "VM-snapshot" => "snapshot",
        "VDI" => "disk",
        _ => type.Replace('_', ' '),
    };

    /// <summary><c>create_disk</c>, <c>targetHost</c> and <c>CPUs</c> as <c>create-disk</c>, <c>target-host</c> and <c>cpus</c>.</summary>
    public static string Dashed(string name)
    {
        var dashed = new StringBuilder(name.Length + 4);
        for (var at = 0; at < name.Length; at++)
        {
            if (char.IsUpper(name[at]) && at > 0 && char.IsLower(name[at - 1]))
                dashed.Append('-');
            dashed.Append(name[at] == '_' ? '-' : char.ToLowerInvariant(name[at]));
        }
        return dashed.ToString();
    }
}
