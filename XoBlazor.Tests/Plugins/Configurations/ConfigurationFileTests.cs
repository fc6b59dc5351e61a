using System.Text.Json.Nodes;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Configurations;

namespace XoBlazor.Tests.Plugins.Configurations;

/// <summary>Configurations go out without secrets and come in without losing those that are here.</summary>
public sealed class ConfigurationFileTests
{
    private const string Schema =
        """
        ,"configuration": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}, "password": {"type": "string"}, "every": {"type": "integer", "minimum": 1},
          "sites": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}, "token": {"type": "string", "writeOnly": true}}}}}}
        """;

    private const string Kept = """{"url": "https://a.example", "password": "p-secret", "every": 5, "sites": [{"name": "x", "token": "t-secret"}, {"name": "y", "token": "u-secret"}]}""";

    [Fact]
    public void File_HasNoSecrets_AndNamesThoseLeftOut()
    {
        var file = ConfigurationFile.Write([Plugin(Kept), Plugin(null)]);

        Assert.DoesNotContain("secret", file.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(["password", "sites[0].token", "sites[1].token"], file["plugins"]![0]!["leftOut"]!.AsArray().Select(path => (string)path!));
        Assert.Single(file["plugins"]!.AsArray());
    }

    [Fact]
    public void SameFile_ChangesNothing_AndAnother_KeepsSecrets()
    {
        var plugin = Plugin(Kept);
        var file = ConfigurationFile.Write([plugin]);
        var same = Assert.Single(ConfigurationFile.Compare(file, _ => plugin));
        file["plugins"]![0]!["configuration"]!["every"] = 7;
        file["plugins"]![0]!["configuration"]!["sites"]![0]!["name"] = "z";

        // As it comes back from a disk.
        var change = Assert.Single(ConfigurationFile.Compare(JsonNode.Parse(file.ToJsonString()), _ => plugin));

        Assert.Null(same.Next);
        Assert.Equal(("every", "5", "7"), (change.Lines[0].Path, change.Lines[0].Before, change.Lines[0].After));
        Assert.Equal(("p-secret", "u-secret"), ((string)change.Next!["password"]!, (string)change.Next["sites"]![1]!["token"]!));
        // It is another site now: it does not get the secret of the one before.
        Assert.Null(change.Next["sites"]![0]!["token"]);
        Assert.DoesNotContain(change.Lines, line => $"{line.Before}{line.After}".Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void SecretThatIsBound_IsNotTakenAlong()
    {
        const string schema =
            """
            ,"configuration": {"type": "object", "properties": {"url": {"type": "string"}, "port": {"type": "integer", "default": 443}, "every": {"type": "integer"}, "password": {"type": "string", "$boundTo": ["url", "port"]},
              "sites": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}, "token": {"type": "string", "writeOnly": true, "$boundTo": ["name"]}, "note": {"type": "string"}}}}}}
            """;
        var plugin = Plugin("""{"url": "https://a.example", "port": 443, "password": "p-secret", "sites": [{"name": "x", "token": "t-secret"}, {"name": "y", "token": "u-secret"}]}""", schema);
        var file = ConfigurationFile.Write([plugin]);
        var configuration = file["plugins"]![0]!["configuration"]!;
        // As somebody writes it who leaves out what is usual, and puts another site before the others.
        configuration.AsObject().Remove("port");
        configuration["every"] = 7;
        configuration["sites"] = JsonNode.Parse("""[{"name": "z"}, {"name": "x", "note": "new"}, {"name": "y"}]""");

        var same = Assert.Single(ConfigurationFile.Compare(JsonNode.Parse(file.ToJsonString()), _ => plugin)).Next!;
        configuration["url"] = "https://evil.example";
        var other = Assert.Single(ConfigurationFile.Compare(JsonNode.Parse(file.ToJsonString()), _ => plugin)).Next!;

        Assert.Equal("p-secret", (string?)same["password"]);
        Assert.Equal([null, "t-secret", "u-secret"], same["sites"]!.AsArray().Select(site => (string?)site!["token"]));
        Assert.Null(other["password"]);
    }

    [Theory]
    [InlineData("""{"url": {"type": "string"}, "password": {"type": "string", "$boundTo": ["nobody"]}}""")]
    [InlineData("""{"url": {"type": "string"}, "password": {"type": "string", "$boundTo": ["password"]}}""")]
    [InlineData("""{"url": {"type": "string"}, "password": {"type": "string", "$boundTo": []}}""")]
    [InlineData("""{"url": {"type": "string"}, "plain": {"type": "string", "$boundTo": ["url"]}}""")]
    public void Bond_ThatHoldsNothing_IsRefused(string properties)
    {
        var refused = Assert.Throws<PluginException>(() => Plugin(null, $$""","configuration": {"type": "object", "properties": {{properties}}}"""));

        Assert.Contains("$boundTo' stands at a secret and has to be a list of names beside it", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatDoesNotFit_IsSaidPluginByPlugin()
    {
        var misfit = JsonNode.Parse("""{"xo-blazor-plugin-configurations": 1, "plugins": [{"id": "test-plugin", "configuration": {"every": 0}}, {"id": "other", "configuration": {}}]}""");

        var changes = ConfigurationFile.Compare(misfit, id => id == PythonPlugin.Id ? Plugin(null) : null);

        Assert.Equal("What the file has for Test does not fit: 'url' is missing; 'every' has to be at least 1.", changes[0].Problem);
        Assert.Equal("It is not installed here. Install it first.", changes[1].Problem);
    }

    [Theory]
    [InlineData("[]", "This is no file of configurations")]
    [InlineData("""{"xo-blazor-plugin-configurations": 9, "plugins": []}""", "version 9")]
    [InlineData("""{"xo-blazor-plugin-configurations": 1, "plugins": [{"id": 1}]}""", "The file is broken")]
    public void AnotherFile_IsRefused(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<PluginException>(() => ConfigurationFile.Compare(JsonNode.Parse(json), _ => null)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(""","configuration": {"type": "object", "properties": {"a": {"type": "string"}}}, "configurationPresets": {"x": {"b": 1}}""", "the preset 'x' has 'b'")]
    [InlineData(""","configuration": {"type": "object", "properties": {"password": {"type": "string"}}}, "configurationPresets": {"x": {"password": "p"}}""", "the preset 'x' has 'password'")]
    [InlineData(""","configurationPresets": {"x": {}}""", "beside a 'configuration'")]
    [InlineData(""","configuration": {"type": "object", "properties": {"a": {"type": "string", "$type": "moon"}}}""", "$type' stands at a string and has to be one of pool, host, vm")]
    [InlineData(""","configuration": {"type": "object", "properties": {"a": {"type": "string", "enum": ["a"], "enumNames": ["A", "B"]}}}""", "enumNames")]
    [InlineData(""","testSchema": {"type": "string"}""", "'testSchema' has to be of the type object")]
    public void ManifestThatContradictsItself_IsRefused(string more, string expected) =>
        Assert.Contains(expected, Assert.Throws<PluginException>(() => PluginZip.Package(PythonPlugin.Manifest(more: more), "")).Message, StringComparison.Ordinal);

    private static PluginSettings Plugin(string? configuration, string schema = Schema) => new()
    {
        Manifest = PluginZip.Package(PythonPlugin.Manifest(more: schema), "").Manifest,
        Hash = "",
        Installed = default,
        InstalledBy = "ada",
        Configuration = configuration,
    };
}
