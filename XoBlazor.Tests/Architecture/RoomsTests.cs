using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace XoBlazor.Tests.Architecture;

/// <summary>Rooms of Core use only the rooms before them, and the simulator shares no code with Core, so that an error cannot cancel itself out.</summary>
public sealed partial class RoomsTests
{
    private static readonly string[] s_order =
        ["Model", "Xapi", "Store", "Pools", "Journal", "Access", "Audit", "Metrics", "Consoles", "Transfers", "Patching", "Operations", "Plugins", "Notifications"];

    [Fact]
    public void CoreRooms_UseOnlyRoomsBeforeThem()
    {
        var core = Path.Combine(Root(), "XoBlazor.Core");
        var violations = new List<string>();

        foreach (var file in SourceFiles(core))
        {
            var room = Path.GetRelativePath(core, file).Split(Path.DirectorySeparatorChar)[0];
            var position = Array.IndexOf(s_order, room);
            foreach (Match use in CoreRoom().Matches(File.ReadAllText(file)))
                if (Array.IndexOf(s_order, use.Groups[1].Value) > position)
                    violations.Add($"{Path.GetRelativePath(core, file)} uses {use.Value}");
        }

        Assert.True(violations.Count == 0, "a room may use only the rooms before it (docs/architecture.md):\n" + string.Join('\n', violations.Distinct()));
    }

    [Fact]
    public void EveryFolderOfCore_IsARoom()
    {
        var folders = Directory.EnumerateDirectories(Path.Combine(Root(), "XoBlazor.Core")).Select(d => Path.GetFileName(d)!).Where(n => n is not ("bin" or "obj"));

        var strangers = folders.Except(s_order).ToList();

        Assert.True(strangers.Count == 0, "folders of Core that docs/architecture.md does not know: " + string.Join(", ", strangers));
    }

    [Fact]
    public void SimulatorAndCore_ShareNoCode()
    {
        var root = Root();

        var projects = File.ReadAllText(Path.Combine(root, "XoBlazor.Simulator", "XoBlazor.Simulator.csproj"));
        var uses = SourceFiles(Path.Combine(root, "XoBlazor.Simulator")).Where(f => File.ReadAllText(f).Contains("XoBlazor.Core", StringComparison.Ordinal)).ToList();

        Assert.DoesNotContain("XoBlazor.Core", projects, StringComparison.Ordinal);
        Assert.True(uses.Count == 0, "the simulator must not use Core: " + string.Join(", ", uses));
    }

    private static IEnumerable<string> SourceFiles(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    [GeneratedRegex(@"\bXoBlazor\.Core\.([A-Z]\w+)")]
    private static partial Regex CoreRoom();
}
