using System.Text;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Packages;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.Plugins;

/// <summary>Zips and manifests as strangers send them.</summary>
public sealed class PluginPackageTests
{
    private static readonly byte[] s_manifest = Encoding.UTF8.GetBytes(PythonPlugin.Manifest());

    [Theory]
    [InlineData("../evil.py", "leads out of the plugin's folder")]
    [InlineData("/etc/evil", "leads out of the plugin's folder")]
    [InlineData("a/./b", "leads out of the plugin's folder")]
    [InlineData("a//b", "leads out of the plugin's folder")]
    [InlineData("a/..", "leads out of the plugin's folder")]
    [InlineData("a\\b", "characters in its name")]
    [InlineData("c:evil", "characters in its name")]
    [InlineData("a\u0001", "characters in its name")]
    public void Name_ThatPlaysTricks_IsRefused(string name, string expected) => Refused(expected, (name, [1], 0));

    [Fact]
    public void Entries_ThatAreNoOrdinaryFiles_AreRefused()
    {
        const int symbolicLink = 0xA1FF << 16;

        Refused("links and devices are not taken", ("link", Encoding.UTF8.GetBytes("/etc/passwd"), symbolicLink));
        Refused("twice", ("Main.py", [1], 0), ("main.py", [1], 0));
        Refused("is a file and a folder", ("lib", [1], 0), ("lib/a.py", [1], 0));
    }

    [Fact]
    public void Zip_ThatIsTooMuch_IsRefused()
    {
        Refused("holds more than 16 MiB when unpacked", ("bomb", new byte[PluginPackage.MostUnpacked], 0));
        Refused($"more than {PluginPackage.MostFiles} files", [.. Enumerable.Range(0, PluginPackage.MostFiles).Select(number => ($"f{number}", Array.Empty<byte>(), 0))]);
        Assert.Contains("larger than 2 MiB", Assert.Throws<PluginException>(() => PluginPackage.Open(new byte[PluginPackage.MostBytes + 1])).Message, StringComparison.Ordinal);
        Assert.Contains("no zip", Assert.Throws<PluginException>(() => PluginPackage.Open("not a zip at all"u8.ToArray())).Message, StringComparison.Ordinal);
        Assert.Contains("no plugin.json at its top", Assert.Throws<PluginException>(() => PluginPackage.Open(PluginZip.Of(("x/plugin.json", PythonPlugin.Manifest())))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Zip_CutAnywhereOrTurned_IsRefusedInWords()
    {
        var whole = PluginZip.Of(("plugin.json", PythonPlugin.Manifest()), ("main.py", new string('x', 300)));
        var random = new Random(7);

        for (var turn = 0; turn < 500; turn++)
        {
            var broken = whole[..random.Next(whole.Length)];
            if (turn % 2 == 0)
                for (broken = [.. whole]; random.Next(4) > 0;)
                    broken[random.Next(broken.Length)] ^= (byte)(1 << random.Next(8));
            // Whatever it makes of it, nothing else is thrown.
            if (Record.Exception(() => PluginPackage.Open(broken)) is { } problem)
                Assert.IsType<PluginException>(problem);
        }
    }

    [Fact]
    public void Files_AreUnpackedInThePlaceOfAllThatWasThere()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("code"));
        folder.Write("code/old.py", "old");
        var package = PluginPackage.Open(PluginZip.Of(("plugin.json", PythonPlugin.Manifest()), ("main.py", "x"), ("lib/deep/a.py", "y")));

        package.UnpackTo(folder.File("code"));

        Assert.Equal(["lib/deep/a.py", "main.py", "plugin.json"], Directory.EnumerateFiles(folder.File("code"), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder.File("code"), file)).Order(StringComparer.Ordinal));
        Assert.Equal("y", File.ReadAllText(folder.File("code/lib/deep/a.py")));
    }

    [Theory]
    [InlineData("[]", "has to be an object")]
    [InlineData("{", "it is no JSON")]
    [InlineData("""{"id": "a", "id": "b"}""", "it is no JSON")]
    [InlineData("""{"id": "Test"}""", "'contract' is missing")]
    [InlineData("""{"id": "../x", "version": "1.0.0", "contract": "1.0", "command": ["x"]}""", "'id' has to be")]
    [InlineData("""{"id": "abc", "version": "one", "contract": "1.0", "command": ["x"]}""", "'version' has to be like")]
    [InlineData("""{"id": "abc", "version": "1.0.0", "contract": "*", "command": ["x"]}""", "'contract' has to be like")]
    [InlineData("""{"id": "abc", "version": "1.0.0", "contract": "2.0 - 1.0", "command": ["x"]}""", "'contract' has to be like")]
    [InlineData("""{"id": "abc", "version": "1.0.0", "contract": "1.0", "command": []}""", "'command' has to name a program")]
    [InlineData("""{"id": "abc", "version": "1.0.0", "contract": "1.0", "command": ["x"], "wants": {"root": true}}""", "'wants.root' is nothing that this server knows")]
    [InlineData("""{"id": "abc", "version": "1.0.0", "contract": "1.0", "command": ["x"], "wants": {"read": ["session"]}}""", "no class 'session'")]
    [InlineData("""{"id": "abc", "version": "1.0.0", "contract": "1.0", "command": ["x"], "wants": {"read": [{"class": "VM", "filter": "((("}]}}""", "the filter '((('")]
    [InlineData("""{"id": "abc", "version": "1.0.0", "contract": "1.0", "command": ["x"], "wants": {"read": ["VM", "VM"]}}""", "is wanted twice")]
    [InlineData("""{"id": "abc", "version": "1.0.0", "contract": "1.0", "command": ["x"], "configuration": {"type": "string"}}""", "has to be of the type object")]
    [InlineData("""{"id": "abc", "version": "1.0.0", "contract": "1.0", "command": ["x"], "configuration": {"type": "object", "oneOf": []}}""", "'configuration.oneOf' is no keyword")]
    [InlineData("""{"id": "abc", "version": "1.0.0", "contract": "1.0", "command": ["x"], "name": "a\u0007b"}""", "'name' has to be a text")]
    public void Manifest_ThatDoesNotFit_IsRefusedNamingWhat(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<PluginException>(() => ManifestReader.Read(Encoding.UTF8.GetBytes(text))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("1.0", "1.0", true)]
    [InlineData("1.0", "1.7", true)]
    [InlineData("1.2", "1.1", false)]
    [InlineData("1.0", "2.0", false)]
    [InlineData("1.0 - 2.3", "2.3", true)]
    [InlineData("1.0 - 2.3", "2.4", false)]
    public void Contract_IncludesVersions(string range, string version, bool expected)
    {
        Assert.True(PluginContract.TryParse(range, out var contract));
        Assert.Equal(expected, contract.Includes(Version.Parse(version)));
    }

    private static void Refused(string expected, params (string Name, byte[] Content, int Attributes)[] files) =>
        Assert.Contains(expected, Assert.Throws<PluginException>(() => PluginPackage.Open(PluginZip.Of([("plugin.json", s_manifest, 0), .. files]))).Message, StringComparison.Ordinal);
}
