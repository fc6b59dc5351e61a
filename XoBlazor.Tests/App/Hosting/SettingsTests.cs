using Microsoft.Extensions.Configuration;
using XoBlazor.App.Cli;
using XoBlazor.App.Hosting;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Hosting;

public sealed class SettingsTests
{
    [Fact]
    public void Layers_EachWinsOverTheOneBefore()
    {
        using var folder = new TempFolder();
        folder.Write("appsettings.json", """{ "A": "data", "B": "data", "C": "data" }""");
        var config = folder.Write("more.json", """{ "B": "config", "C": "config" }""");
        var builder = new ConfigurationManager();

        Settings.AddLayers(builder, new DataDirectory(folder.Path), config, new Dictionary<string, string?> { ["C"] = "line" });

        Assert.Equal(("data", "config", "line"), (builder["A"], builder["B"], builder["C"]));
        Assert.NotNull(builder["Urls"]);
    }

    [Fact]
    public void Arguments_WithSettings_AreToldFromOptions()
    {
        var (others, overrides) = SettingArguments.Split(["--demo", "--Https:Key=/k=1", "--urls=x", "--environment=Production", "backup"]);

        Assert.Equal(["--demo", "--urls=x", "backup"], others);
        Assert.Equal("/k=1", overrides["https:key"]);
        Assert.Equal("Production", overrides["environment"]);
    }
}
