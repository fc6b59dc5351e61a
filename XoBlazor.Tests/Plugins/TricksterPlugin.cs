using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;
using XoBlazor.Core.Plugins.Packages;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Plugins;

/// <summary>The plugin in .NET that does what tests ask for, as a package.</summary>
internal static class TricksterPlugin
{
    public const string Id = "trickster";
    public const string File = "XoBlazor.TestPlugin.dll";

    /// <summary>Beside these tests: built whenever they are.</summary>
    public static string Folder { get; } = AppContext.BaseDirectory.Replace($"{Path.DirectorySeparatorChar}XoBlazor.Tests{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}XoBlazor.TestPlugin{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    public static string InProcess { get; } = Manifest($"\"assembly\": \"{File}\"");

    public static string AsProcess { get; } = Manifest($"\"command\": [\"dotnet\", \"{File}\"]");

    public static byte[] Code => System.IO.File.ReadAllBytes(Path.Combine(Folder, File));

    /// <summary>The package, with more files where these are given.</summary>
    public static PluginPackage Package(string? manifest = null, byte[]? code = null, params IEnumerable<(string Name, byte[] Content)> more) => PluginPackage.Open(PluginZip.Of(
    [
        ("plugin.json", Encoding.UTF8.GetBytes(manifest ?? InProcess), 0),
        (File, code ?? Code, 0),
        ("XoBlazor.Plugins.dll", System.IO.File.ReadAllBytes(Path.Combine(Folder, "XoBlazor.Plugins.dll")), 0),
        ("XoBlazor.TestPlugin.runtimeconfig.json", System.IO.File.ReadAllBytes(Path.Combine(Folder, "XoBlazor.TestPlugin.runtimeconfig.json")), 0),
        ("XoBlazor.TestPlugin.deps.json", System.IO.File.ReadAllBytes(Path.Combine(Folder, "XoBlazor.TestPlugin.deps.json")), 0),
        .. more.Select(one => (one.Name, one.Content, 0)),
    ]));

    /// <summary>The code as if it had been built against another major version of what it refers to.</summary>
    public static byte[] BuiltAgainst(string reference, byte major)
    {
        var code = Code;
        using var file = new PEReader(new MemoryStream(code));
        var metadata = file.GetMetadataReader();
        var row = metadata.AssemblyReferences.Single(one => metadata.GetString(metadata.GetAssemblyReference(one).Name) == reference);
        var at = file.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.AssemblyRef) + (MetadataTokens.GetRowNumber(row) - 1) * metadata.GetTableRowSize(TableIndex.AssemblyRef);
        code[at] = major;
        return code;
    }

    private static string Manifest(string how) => $$"""
        {"id": "{{Id}}", "name": "Trickster", "version": "1.0.0", "contract": "1.0", {{how}},
         "wants": {"read": [{"class": "VM", "filter": "tags:production"}], "storage": true},
         "configuration": {"type": "object", "properties": {"greeting": {"type": "string", "default": "hello"} } } }
        """;
}
